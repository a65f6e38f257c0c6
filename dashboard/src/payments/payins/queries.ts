import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';
import { quoted } from '../quotes/quoted';

export type Payin = Schemas['PayinOut'];
export type PayinStatus = Payin['status'];
export type PayinQuoteRequest = Schemas['PayinQuoteIn'];
export type PayinQuote = Schemas['PayinQuoteOut'];
export type PaymentMethod = Payin['payment_method'];

/** Which payins are listed. */
export interface PayinFilters {
  readonly customer_name?: string;
  readonly status?: PayinStatus;
}

const PAYINS = '/v1/instances/{instance_id}/payins';
const PAGE_SIZE = 50;
const LOOK_AGAIN_MS = 5_000;

export function payinsQuery(instanceId: string, filters: PayinFilters) {
  return infiniteQueryOptions({
    queryKey: ['payins', instanceId, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(PAYINS, {
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

export function payinQuery(instanceId: string, payinId: string) {
  return queryOptions({
    queryKey: ['payins', instanceId, payinId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${PAYINS}/{payin_id}`, {
          params: { path: { instance_id: instanceId, payin_id: payinId } },
          signal,
        }),
      ),
    // One under way is looked at again, until it has ended.
    refetchInterval: ({ state }) => (state.data?.status === 'processing' ? LOOK_AGAIN_MS : false),
  });
}

export function askForQuote(instanceId: string, body: PayinQuoteRequest) {
  return quoted(
    api.POST('/v1/instances/{instance_id}/payin-quotes', {
      params: { path: { instance_id: instanceId } },
      body,
    }),
  );
}

/** Uses a quote. The wallet in it decides about the chain, whatever the path says. */
export function createPayin(instanceId: string, quoteId: string) {
  return unwrap(
    api.POST(`${PAYINS}/evm`, {
      params: { path: { instance_id: instanceId } },
      body: { payin_quote_id: quoteId },
    }),
  );
}
