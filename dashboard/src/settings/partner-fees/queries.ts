import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { components } from '../../api/schema';

const FEES = '/v1/instances/{instance_id}/partner-fees';

export type NewFee = components['schemas']['PartnerFeeIn'];

export function feesQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['partner-fees', instanceId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(FEES, { params: { path: { instance_id: instanceId } }, signal })),
  });
}

export function createFee(instanceId: string, body: NewFee) {
  return unwrap(api.POST(FEES, { params: { path: { instance_id: instanceId } }, body }));
}

export function deleteFee(instanceId: string, feeId: string) {
  return unwrap(
    api.DELETE(`${FEES}/{fee_id}`, {
      params: { path: { instance_id: instanceId, fee_id: feeId } },
    }),
  );
}
