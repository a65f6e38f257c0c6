import createClient from 'openapi-fetch';
import { send } from './acts';
import type { paths } from './schema';

/**
 * The only way to the server. The session is an HttpOnly cookie of the same origin, so nothing that
 * signs a person in is ever held by a script.
 */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: 'same-origin',
  headers: { Accept: 'application/json' },
  fetch: send,
});
