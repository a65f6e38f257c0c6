import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { straight } from '../../api/acts';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import { makePasskey } from '../../identity/passkeys/webauthn';

const PASSKEYS = '/v1/whoami/passkeys';
const SESSIONS = '/v1/whoami/sessions';
const PAGE_SIZE = 20;

export const passkeysQuery = queryOptions({
  queryKey: ['own', 'passkeys'],
  queryFn: ({ signal }) => unwrap(api.GET(PASSKEYS, { signal })),
});

export const sessionsQuery = queryOptions({
  queryKey: ['own', 'sessions'],
  queryFn: ({ signal }) => unwrap(api.GET(SESSIONS, { signal })),
});

export const eventsQuery = infiniteQueryOptions({
  queryKey: ['own', 'events'],
  queryFn: ({ pageParam, signal }) =>
    unwrap(
      api.GET('/v1/whoami/events', {
        params: {
          query: { limit: PAGE_SIZE, ...(pageParam !== null && { starting_after: pageParam }) },
        },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.pagination.next_page,
  select: ({ pages }) => pages.flatMap(({ data }) => data),
});

/** Has this device, or one beside it, make a passkey, and enrols it. */
export async function addPasskey(name: string) {
  // A challenge is no act: it is never itself confirmed.
  const options = await unwrap(api.POST(`${PASSKEYS}/options`, { fetch: straight }));
  const credential = await makePasskey(options);
  return unwrap(api.POST(PASSKEYS, { body: { name, credential } }));
}

export function renamePasskey(id: string, name: string) {
  return unwrap(
    api.PUT(`${PASSKEYS}/{passkey_id}`, { params: { path: { passkey_id: id } }, body: { name } }),
  );
}

export function removePasskey(id: string) {
  return unwrap(api.DELETE(`${PASSKEYS}/{passkey_id}`, { params: { path: { passkey_id: id } } }));
}

export function endSession(id: string) {
  return unwrap(api.DELETE(`${SESSIONS}/{session_id}`, { params: { path: { session_id: id } } }));
}

export function endOtherSessions() {
  return unwrap(api.DELETE(SESSIONS));
}
