import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { asAct } from '../api/acts';
import { api } from '../api/client';
import { isProblem, unwrap } from '../api/problem';
import type { Entry, EntryPage, Feed } from '../api/types';
import {
  type ApiQuery,
  type AuditLogSearch,
  asked,
  negated,
  toApiQuery,
  withFilter,
} from './search';

export const PAGE_SIZE = 50;

const LIST = '/v1/instances/{instance_id}/audit-logs';

/** What was done can be read by one name, what it means by another; both are in the catalogue. */
export const catalogueQuery = queryOptions({
  queryKey: ['audit-log-actions'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/audit-log-actions', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export function entriesQuery(instanceId: string, search: AuditLogSearch) {
  const filters = asked(search);
  return infiniteQueryOptions({
    queryKey: ['audit-logs', instanceId, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(LIST, {
          params: {
            path: { instance_id: instanceId },
            query: {
              ...toApiQuery(filters, new Date()),
              limit: PAGE_SIZE,
              ...(pageParam !== null && { starting_after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    // While the next answer is under way the last one stays, but never another instance's.
    placeholderData: (last, query) => (query?.queryKey[1] === instanceId ? last : undefined),
  });
}

/** How many entries the newest checkpoint covers: a place in the sequence to follow the log from. */
export async function sealedSize(instanceId: string, signal: AbortSignal): Promise<number> {
  const path = { instance_id: instanceId };
  const newest = await unwrap(api.GET(`${LIST}/checkpoints`, { params: { path }, signal }));
  return newest.size;
}

/** What was sealed past a position; while there is nothing, the reply takes its time. */
export function feedPast(
  instanceId: string,
  search: AuditLogSearch,
  after: number,
  signal: AbortSignal,
): Promise<Feed> {
  const query = { ...toApiQuery(search, new Date()), after, limit: 1000, wait: 20 };
  const path = { instance_id: instanceId };
  return unwrap(api.GET(`${LIST}/feed`, { params: { path, query }, signal }));
}

/** The entries of all pages that have come so far. */
export function entriesOf(data: InfiniteData<EntryPage> | undefined): readonly Entry[] {
  return data?.pages.flatMap((page) => page.data) ?? [];
}

export function entryQuery(instanceId: string, entryId: string) {
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'entry', entryId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${LIST}/{id}`, {
          params: { path: { instance_id: instanceId, id: entryId } },
          signal,
        }),
      ),
  });
}

/** The proof that an entry is under the newest checkpoint; asked for again until there is one. */
export function proofQuery(instanceId: string, entryId: string) {
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'proof', entryId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${LIST}/{id}/proof`, {
          params: { path: { instance_id: instanceId, id: entryId } },
          signal,
        }),
      ),
    refetchInterval: ({ state }) => isProblem(state.error, 409) && 3_000,
  });
}

/** What the kept evidence of a passkey's confirmation shows, checked again by the server. */
export function evidenceQuery(instanceId: string, entryId: string) {
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'evidence', entryId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${LIST}/{id}/verification`, {
          params: { path: { instance_id: instanceId, id: entryId } },
          signal,
        }),
      ),
  });
}

/** How many entries each value of a filter would show, with the other filters as they are. */
export function facetsQuery(instanceId: string, search: AuditLogSearch, filter: string) {
  const rest = withFilter(asked(search), filter, []);
  const others = withFilter(rest, negated(filter), []);
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'facets', filter, others],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${LIST}/facets`, {
          params: { path: { instance_id: instanceId }, query: toApiQuery(others, new Date()) },
          signal,
        }),
      ),
  });
}

/** How many entries there are over the time that is looked at. */
export function histogramQuery(instanceId: string, search: AuditLogSearch) {
  const filters = asked(search);
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'histogram', filters],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${LIST}/histogram`, {
          params: { path: { instance_id: instanceId }, query: toApiQuery(filters, new Date()) },
          signal,
        }),
      ),
    // The bars that are there stay until the next ones come, but never another instance's.
    placeholderData: (last, query) => (query?.queryKey[1] === instanceId ? last : undefined),
  });
}

/** The entry that made an entity, as a page of one or none. */
export function madeByQuery(instanceId: string, entityId: string) {
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'made', entityId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(LIST, {
          params: {
            path: { instance_id: instanceId },
            query: {
              entity_id: [entityId],
              operation: ['create'],
              include: 'system',
              limit: 1,
            } as ApiQuery,
          },
          signal,
        }),
      ),
  });
}

/** The few entries of an actor right above or below an entry. */
export function aroundQuery(
  instanceId: string,
  actor: { key: string; value: string },
  side: { ending_before: string } | { starting_after: string },
) {
  return queryOptions({
    queryKey: ['audit-logs', instanceId, 'around', actor, side],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(LIST, {
          params: {
            path: { instance_id: instanceId },
            query: {
              [actor.key]: [actor.value],
              include: 'denied,system',
              limit: 3,
              ...side,
            } as ApiQuery,
          },
          signal,
        }),
      ),
  });
}

export type ExportFormat = 'csv' | 'jsonl' | 'bundle' | 'pack';

/** Everything that the filters show, as a file. It is an act, and can be confirmed like any other. */
export async function exportLog(instanceId: string, search: AuditLogSearch, format: ExportFormat) {
  const call = api.GET(`${LIST}/export`, {
    params: {
      path: { instance_id: instanceId },
      query: { ...toApiQuery(search, new Date()), format },
    },
    parseAs: 'blob',
    fetch: asAct,
  });
  const blob = (await unwrap<unknown>(call)) as Blob;
  const { response } = await call;
  const [, name] =
    /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '') ?? [];
  return { blob, name: name ?? `audit-log.${format === 'pack' ? 'zip' : format}` };
}

const VIEWS = '/v1/instances/{instance_id}/audit-log-views';

/** The filters that the reader keeps by a name. */
export function viewsQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['audit-log-views', instanceId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(VIEWS, { params: { path: { instance_id: instanceId } }, signal })),
  });
}

interface ViewFields {
  readonly name: string;
  readonly query: string;
}

export function saveView(instanceId: string, body: ViewFields) {
  return unwrap(api.POST(VIEWS, { params: { path: { instance_id: instanceId } }, body }));
}

export function changeView(instanceId: string, viewId: string, body: ViewFields) {
  const path = { instance_id: instanceId, view_id: viewId };
  return unwrap(api.PUT(`${VIEWS}/{view_id}`, { params: { path }, body }));
}

export function removeView(instanceId: string, viewId: string) {
  const path = { instance_id: instanceId, view_id: viewId };
  return unwrap(api.DELETE(`${VIEWS}/{view_id}`, { params: { path } }));
}
