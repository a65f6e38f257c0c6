import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { components } from '../../api/schema';

export type LogStatus = components['schemas']['StatusOut'];
export type Witness = components['schemas']['WitnessOut'];
export type Mailing = components['schemas']['MailingOut'];
export type Every = Mailing['every'];

const LOG = '/v1/instances/{instance_id}/audit-logs';
const EVERY_MS = 30_000;

export function statusQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['log-integrity', instanceId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(`${LOG}/status`, { params: { path: { instance_id: instanceId } }, signal })),
    refetchInterval: EVERY_MS,
  });
}

export function setMailing(instanceId: string, every: Every, addresses: string[]) {
  return unwrap(
    api.PUT(`${LOG}/mailing`, {
      params: { path: { instance_id: instanceId } },
      body: { every, addresses },
    }),
  );
}

export function removeWitness(instanceId: string, witnessId: string) {
  return unwrap(
    api.DELETE(`${LOG}/witnesses/{witness_id}`, {
      params: { path: { instance_id: instanceId, witness_id: witnessId } },
    }),
  );
}
