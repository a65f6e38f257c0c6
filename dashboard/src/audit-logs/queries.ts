import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../api/client';
import { unwrap } from '../api/problem';
import type { Entry, EntryPage } from '../api/types';
import {
  type ApiQuery,
  type AuditLogSearch,
  negated,
  toApiQuery,
  withEntry,
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
  const filters = withEntry(search, undefined);
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

/** How many entries each value of a filter would show, with the other filters as they are. */
export function facetsQuery(instanceId: string, search: AuditLogSearch, filter: string) {
  const rest = withFilter(withEntry(search, undefined), filter, []);
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
  const filters = withEntry(search, undefined);
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
