const FRAGMENT = /^#link=(.+)$/;

export function hasLinkToken(): boolean {
  return FRAGMENT.test(window.location.hash);
}

/**
 * The token of a sign-in link, once. It is taken out of the address and of the history before it is
 * used, so that it is not left behind where the next person could press Back.
 */
export function takeLinkToken(): string | null {
  const token = FRAGMENT.exec(window.location.hash)?.[1];
  if (!token) return null;
  const { pathname, search } = window.location;
  window.history.replaceState(window.history.state, '', pathname + search);
  return decodeURIComponent(token);
}
