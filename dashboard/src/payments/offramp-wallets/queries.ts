import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type OfframpWallet = Schemas['OfframpWalletOut'];
export type NewOfframpWallet = Schemas['CreateOfframpWalletIn'];

/** The account whose wallets they are. */
export interface AccountPath {
  readonly instanceId: string;
  readonly customerId: string;
  readonly bankAccountId: string;
}

const WALLETS =
  '/v1/instances/{instance_id}/customers/{customer_id}/bank-accounts/{bank_account_id}/offramp-wallets';

export function offrampWalletsQuery(account: AccountPath) {
  return queryOptions({
    queryKey: ['offramp-wallets', account.instanceId, account.bankAccountId],
    queryFn: ({ signal }) => unwrap(api.GET(WALLETS, { params: pathOf(account), signal })),
  });
}

export function createOfframpWallet(account: AccountPath, body: NewOfframpWallet) {
  return unwrap(api.POST(WALLETS, { params: pathOf(account), body }));
}

function pathOf({ instanceId, customerId, bankAccountId }: AccountPath) {
  return {
    path: {
      instance_id: instanceId,
      customer_id: customerId,
      bank_account_id: bankAccountId,
    },
  };
}
