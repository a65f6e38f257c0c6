import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type VirtualAccount = Schemas['VirtualAccountOut'];
export type NewVirtualAccount = Schemas['CreateVirtualAccountIn'];
export type VirtualAccountChange = Schemas['UpdateVirtualAccountIn'];

const ACCOUNTS = '/v1/instances/{instance_id}/customers/{customer_id}/virtual-accounts';
const ACCOUNT = `${ACCOUNTS}/{account_id}` as const;

export function virtualAccountsQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['virtual-accounts', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(ACCOUNTS, { params: { path: pathOf(instanceId, customerId) }, signal })),
  });
}

export function virtualAccountQuery(instanceId: string, customerId: string, accountId: string) {
  return queryOptions({
    queryKey: ['virtual-accounts', instanceId, customerId, accountId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(ACCOUNT, {
          params: { path: { ...pathOf(instanceId, customerId), account_id: accountId } },
          signal,
        }),
      ),
  });
}

export function openVirtualAccount(
  instanceId: string,
  customerId: string,
  body: NewVirtualAccount,
) {
  return unwrap(api.POST(ACCOUNTS, { params: { path: pathOf(instanceId, customerId) }, body }));
}

export function changeVirtualAccount(
  instanceId: string,
  customerId: string,
  accountId: string,
  body: VirtualAccountChange,
) {
  return unwrap(
    api.PUT(ACCOUNT, {
      params: { path: { ...pathOf(instanceId, customerId), account_id: accountId } },
      body,
    }),
  );
}

function pathOf(instanceId: string, customerId: string) {
  return { instance_id: instanceId, customer_id: customerId };
}
