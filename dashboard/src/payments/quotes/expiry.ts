/** A Date header has whole seconds: so much later the answer may have been. */
const UNKNOWN_MS = 999;

/**
 * When a quote expires by the clock of this machine, which may be wrong: what counts is how long after
 * the answer that is, by the server's own clock (the Date header of the answer, RFC 9110 §6.6.1).
 */
export function localExpiry(expiresAt: number, answeredAt: string | null, now: number): number {
  const answered = Date.parse(answeredAt ?? '');
  return Number.isNaN(answered) ? expiresAt : now + (expiresAt - answered - UNKNOWN_MS);
}

/** How many whole seconds are left, and none once it has expired. */
export function secondsLeft(expiry: number, now: number): number {
  return Math.max(0, Math.floor((expiry - now) / 1000));
}

/** 4:05 for 245 seconds. */
export function countdown(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
