import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type BlockchainWallet = Schemas['BlockchainWalletOut'];
export type NewBlockchainWallet = Schemas['BlockchainWalletIn'];

const WALLETS = '/v1/instances/{instance_id}/customers/{customer_id}/blockchain-wallets';
const WALLET = `${WALLETS}/{wallet_id}` as const;

export function blockchainWalletsQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['blockchain-wallets', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(WALLETS, { params: { path: pathOf(instanceId, customerId) }, signal })),
  });
}

export function blockchainWalletQuery(instanceId: string, customerId: string, walletId: string) {
  return queryOptions({
    queryKey: ['blockchain-wallets', instanceId, customerId, walletId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(WALLET, {
          params: { path: { ...pathOf(instanceId, customerId), wallet_id: walletId } },
          signal,
        }),
      ),
  });
}

/** What a wallet signs, from which its address is then known. */
export function signMessageQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['blockchain-wallets', instanceId, customerId, 'sign-message'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${WALLETS}/sign-message`, {
          params: { path: pathOf(instanceId, customerId) },
          signal,
        }),
      ),
  });
}

export function addBlockchainWallet(
  instanceId: string,
  customerId: string,
  body: NewBlockchainWallet,
) {
  return unwrap(api.POST(WALLETS, { params: { path: pathOf(instanceId, customerId) }, body }));
}

export function removeBlockchainWallet(instanceId: string, customerId: string, walletId: string) {
  return unwrap(
    api.DELETE(WALLET, {
      params: { path: { ...pathOf(instanceId, customerId), wallet_id: walletId } },
    }),
  );
}

function pathOf(instanceId: string, customerId: string) {
  return { instance_id: instanceId, customer_id: customerId };
}
