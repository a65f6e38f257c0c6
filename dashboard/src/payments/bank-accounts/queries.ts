import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type BankAccount = Schemas['BankAccountOut'];
export type Rail = BankAccount['type'];
export type BankField = Schemas['BankFieldOut'];
export type NewBankAccount = Schemas['CreateBankAccountIn'];

const ACCOUNTS = '/v1/instances/{instance_id}/customers/{customer_id}/bank-accounts';
const ACCOUNT = `${ACCOUNTS}/{bank_account_id}` as const;

export const railsQuery = queryOptions({
  queryKey: ['reference', 'rails'],
  queryFn: ({ signal }) => unwrap(api.GET('/v1/available/rails', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What has to be known of an account on a rail: it is this that the form is made of. */
export function railFieldsQuery(rail: Rail) {
  return queryOptions({
    queryKey: ['reference', 'bank-details', rail],
    queryFn: ({ signal }) =>
      unwrap(api.GET('/v1/available/bank-details', { params: { query: { rail } }, signal })),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

export function bankAccountsQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['bank-accounts', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(ACCOUNTS, { params: { path: pathOf(instanceId, customerId) }, signal })),
  });
}

export function bankAccountQuery(instanceId: string, customerId: string, accountId: string) {
  return queryOptions({
    queryKey: ['bank-accounts', instanceId, customerId, accountId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(ACCOUNT, {
          params: { path: { ...pathOf(instanceId, customerId), bank_account_id: accountId } },
          signal,
        }),
      ),
  });
}

export function createBankAccount(instanceId: string, customerId: string, body: NewBankAccount) {
  return unwrap(api.POST(ACCOUNTS, { params: { path: pathOf(instanceId, customerId) }, body }));
}

export function deleteBankAccount(instanceId: string, customerId: string, accountId: string) {
  return unwrap(
    api.DELETE(ACCOUNT, {
      params: { path: { ...pathOf(instanceId, customerId), bank_account_id: accountId } },
    }),
  );
}

function pathOf(instanceId: string, customerId: string) {
  return { instance_id: instanceId, customer_id: customerId };
}
