import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type Wallet = Schemas['WalletOut'];
export type NewWallet = Schemas['WalletIn'];

const WALLETS = '/v1/instances/{instance_id}/customers/{customer_id}/wallets';
const WALLET = `${WALLETS}/{wallet_id}` as const;

export function walletsQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['wallets', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(WALLETS, { params: { path: pathOf(instanceId, customerId) }, signal })),
  });
}

export function walletQuery(instanceId: string, customerId: string, walletId: string) {
  return queryOptions({
    queryKey: ['wallets', instanceId, customerId, walletId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(WALLET, {
          params: { path: { ...pathOf(instanceId, customerId), wallet_id: walletId } },
          signal,
        }),
      ),
  });
}

export function balanceQuery(instanceId: string, customerId: string, walletId: string) {
  return queryOptions({
    queryKey: ['wallets', instanceId, customerId, walletId, 'balance'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${WALLET}/balance`, {
          params: { path: { ...pathOf(instanceId, customerId), wallet_id: walletId } },
          signal,
        }),
      ),
  });
}

export function openWallet(instanceId: string, customerId: string, body: NewWallet) {
  return unwrap(api.POST(WALLETS, { params: { path: pathOf(instanceId, customerId) }, body }));
}

export function closeWallet(instanceId: string, customerId: string, walletId: string) {
  return unwrap(
    api.DELETE(WALLET, {
      params: { path: { ...pathOf(instanceId, customerId), wallet_id: walletId } },
    }),
  );
}

function pathOf(instanceId: string, customerId: string) {
  return { instance_id: instanceId, customer_id: customerId };
}
