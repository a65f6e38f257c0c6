import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Subject } from '../../api/types';

const LOGS = '/v1/instances/{instance_id}/audit-logs';

export function retentionQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['retention', instanceId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${LOGS}/retention`, { params: { path: { instance_id: instanceId } }, signal }),
      ),
  });
}

export function changeRetention(instanceId: string, months: number | null) {
  return unwrap(
    api.PUT(`${LOGS}/retention`, {
      params: { path: { instance_id: instanceId } },
      body: { months },
    }),
  );
}

export function erasuresQuery(instanceId: string) {
  return infiniteQueryOptions({
    queryKey: ['erasures', instanceId],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(`${LOGS}/erasures`, {
          params: {
            path: { instance_id: instanceId },
            query: pageParam === null ? {} : { starting_after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}

export function askForErasure(instanceId: string, subject: Partial<Subject>, reason: string) {
  return unwrap(
    api.POST(`${LOGS}/erasures`, {
      params: { path: { instance_id: instanceId } },
      body: { subject, reason },
    }),
  );
}

export function confirmErasure(instanceId: string, erasureId: string) {
  return unwrap(
    api.POST(`${LOGS}/erasures/{erasure_id}/confirm`, {
      params: { path: { instance_id: instanceId, erasure_id: erasureId } },
    }),
  );
}

export function declineErasure(instanceId: string, erasureId: string, reason: string) {
  return unwrap(
    api.POST(`${LOGS}/erasures/{erasure_id}/decline`, {
      params: { path: { instance_id: instanceId, erasure_id: erasureId } },
      body: { reason },
    }),
  );
}

export function holdsQuery(instanceId: string) {
  return infiniteQueryOptions({
    queryKey: ['holds', instanceId],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(`${LOGS}/holds`, {
          params: {
            path: { instance_id: instanceId },
            query: pageParam === null ? {} : { starting_after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}

export function placeHold(instanceId: string, subject: Partial<Subject>, reason: string) {
  return unwrap(
    api.POST(`${LOGS}/holds`, {
      params: { path: { instance_id: instanceId } },
      body: { subject, reason },
    }),
  );
}

export function liftHold(instanceId: string, holdId: string, reason: string) {
  return unwrap(
    api.POST(`${LOGS}/holds/{hold_id}/lift`, {
      params: { path: { instance_id: instanceId, hold_id: holdId } },
      body: { reason },
    }),
  );
}
