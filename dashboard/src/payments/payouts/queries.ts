import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';
import { familyOf, type Network } from '../chains';
import { quoted } from '../quotes/quoted';

export type Payout = Schemas['PayoutOut'];
export type PayoutStatus = Payout['status'];
export type PayoutQuoteRequest = Schemas['QuoteIn'];
export type PayoutQuote = Schemas['QuoteOut'];
export type Documents = Schemas['DocumentsIn'];

/** Which payouts are listed. */
export interface PayoutFilters {
  readonly customer_name?: string;
  readonly status?: PayoutStatus;
}

const PAYOUTS = '/v1/instances/{instance_id}/payouts';
const PAGE_SIZE = 50;
const LOOK_AGAIN_MS = 5_000;

export function payoutsQuery(instanceId: string, filters: PayoutFilters) {
  return infiniteQueryOptions({
    queryKey: ['payouts', instanceId, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(PAYOUTS, {
          params: {
            path: { instance_id: instanceId },
            query: {
              ...filters,
              limit: PAGE_SIZE,
              ...(pageParam !== null && { starting_after: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}

export function payoutQuery(instanceId: string, payoutId: string) {
  return queryOptions({
    queryKey: ['payouts', instanceId, payoutId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${PAYOUTS}/{payout_id}`, {
          params: { path: { instance_id: instanceId, payout_id: payoutId } },
          signal,
        }),
      ),
    // One under way is looked at again, until it has ended.
    refetchInterval: ({ state }) => (state.data?.status === 'processing' ? LOOK_AGAIN_MS : false),
  });
}

export function askForQuote(instanceId: string, body: PayoutQuoteRequest) {
  return quoted(
    api.POST('/v1/instances/{instance_id}/quotes', {
      params: { path: { instance_id: instanceId } },
      body,
    }),
  );
}

export interface NewPayout {
  readonly quote_id: string;
  readonly sender_wallet_address: string;
  readonly signed_transaction: string | null;
}

/** Uses a quote. Each sort of chain has a path of its own. */
export function createPayout(instanceId: string, network: Network, payout: NewPayout) {
  const params = { path: { instance_id: instanceId } };
  const { signed_transaction, ...body } = payout;
  switch (familyOf(network)) {
    case 'solana':
      return unwrap(api.POST(`${PAYOUTS}/solana`, { params, body: payout }));
    case 'stellar':
      return unwrap(api.POST(`${PAYOUTS}/stellar`, { params, body: payout }));
    default:
      return unwrap(api.POST(`${PAYOUTS}/evm`, { params, body }));
  }
}

export function submitDocuments(instanceId: string, payoutId: string, body: Documents) {
  return unwrap(
    api.POST(`${PAYOUTS}/{payout_id}/documents`, {
      params: { path: { instance_id: instanceId, payout_id: payoutId } },
      body,
    }),
  );
}
