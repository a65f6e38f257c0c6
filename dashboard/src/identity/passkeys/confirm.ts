import { type Courier, straight } from '../../api/acts';
import { api } from '../../api/client';
import { Problem, unwrap } from '../../api/problem';
import type { components } from '../../api/schema';
import { signChallenge } from './webauthn';

type Method = components['schemas']['ChallengeIn']['method'];

/**
 * Has a passkey sign this very request, and sends it with the answer: its method, its path with the
 * query, and the bytes of its body, which are the bytes that are sent.
 */
export const confirmed: Courier = async (request) => {
  const body = new Uint8Array(await request.arrayBuffer());
  const { pathname, search } = new URL(request.url);
  const options = await unwrap(
    api.POST('/v1/whoami/passkeys/challenge', {
      body: {
        method: request.method as Method,
        path: pathname + search,
        body_sha256: await sha256(body),
      },
      fetch: straight,
    }),
  );
  const assertion = await signChallenge(options);
  const headers = new Headers(request.headers);
  headers.set('X-Passkey-Assertion', base64url(JSON.stringify(assertion)));
  return straight(new Request(request, { headers, ...(body.length > 0 && { body }) }));
};

/** Whether a refusal is taken back once the act is confirmed with a passkey. */
export function asksForPasskey(error: unknown): error is Problem {
  return (
    error instanceof Problem &&
    error.status === 403 &&
    ['AUTH_PASSKEY_REQUIRED', 'AUTH_SIGN_IN_AGAIN'].includes(error.code)
  );
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Without padding (RFC 4648 §5). The text is ASCII: ids and base64url. */
function base64url(text: string): string {
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
