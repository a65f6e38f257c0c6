import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type LimitIncrease = Schemas['LimitIncreaseOut'];
export type NewLimitIncrease = Schemas['LimitIncreaseIn'];

const INCREASES = '/v1/instances/{instance_id}/customers/{customer_id}/limit-increase';

/** How much a customer may still move, in cents. */
export function limitsQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['limits', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/v1/instances/{instance_id}/limits/customers/{customer_id}', {
          params: pathOf(instanceId, customerId),
          signal,
        }),
      ),
  });
}

export function limitIncreasesQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['limit-increases', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(INCREASES, { params: pathOf(instanceId, customerId), signal })),
  });
}

export function askForIncrease(instanceId: string, customerId: string, body: NewLimitIncrease) {
  return unwrap(api.POST(INCREASES, { params: pathOf(instanceId, customerId), body }));
}

function pathOf(instanceId: string, customerId: string) {
  return { path: { instance_id: instanceId, customer_id: customerId } };
}
