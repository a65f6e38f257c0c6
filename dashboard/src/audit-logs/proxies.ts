import type { Entry } from '../api/types';

// So many in a row are no accident.
const ENOUGH = 8;
// RFC 1918, RFC 6598, RFC 4193 and link-local: what a proxy of one's own has. Loopback is a developer.
const PRIVATE =
  /^(10\.|172\.(1[6-9]|2\d|3[01])\.|192\.168\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd]|fe[89ab])/i;

/**
 * The one private address that all these entries came from, if there is one: then the server most
 * likely takes a proxy before it for its only client.
 */
export function forgottenProxy(entries: readonly Entry[]): string | null {
  const addresses = entries.flatMap(({ ip_address }) => ip_address ?? []);
  const [first] = addresses;
  if (!first || addresses.length < ENOUGH || !PRIVATE.test(first)) return null;
  return addresses.every((address) => address === first) ? first : null;
}
