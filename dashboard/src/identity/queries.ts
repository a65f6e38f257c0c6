import { queryOptions } from '@tanstack/react-query';
import { api } from '../api/client';
import { unwrap } from '../api/problem';
import type { Instance } from '../api/types';

export const whoamiQuery = queryOptions({
  queryKey: ['whoami'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/whoami', { signal })),
});

export const instancesQuery = queryOptions({
  queryKey: ['instances'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/instances', { signal })),
});

export function createInstance(name: string, type: Instance['type']) {
  return unwrap(api.POST('/v1/instances', { body: { name, type } }));
}

export function membersQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['members', instanceId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/v1/instances/{instance_id}/members', {
          params: { path: { instance_id: instanceId } },
          signal,
        }),
      ),
  });
}

export function apiKeysQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['api-keys', instanceId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/v1/instances/{instance_id}/api-keys', {
          params: { path: { instance_id: instanceId } },
          signal,
        }),
      ),
  });
}
