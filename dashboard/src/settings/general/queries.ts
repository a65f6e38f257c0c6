import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { components } from '../../api/schema';
import type { Instance } from '../../api/types';

type Settings = components['schemas']['UpdateInstanceIn'];

const INSTANCE = '/v1/instances/{instance_id}';

/** One instance with all its settings. What changes the list of instances changes this as well. */
export function instanceQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['instances', instanceId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(INSTANCE, { params: { path: { instance_id: instanceId } }, signal })),
  });
}

/** Changes these settings. The name goes along with each change, and the rest stays as it is. */
export function changeSettings(instance: Instance, settings: Partial<Settings>) {
  // The server's description has defaults where it means "as before".
  const body = { name: instance.name, ...settings } as Settings;
  return unwrap(api.PUT(INSTANCE, { params: { path: { instance_id: instance.id } }, body }));
}

export function transferOwnership(instanceId: string, userId: string) {
  return unwrap(
    api.POST(`${INSTANCE}/ownership`, {
      params: { path: { instance_id: instanceId } },
      body: { user_id: userId },
    }),
  );
}

export function deleteInstance(instanceId: string) {
  return unwrap(api.DELETE(INSTANCE, { params: { path: { instance_id: instanceId } } }));
}
