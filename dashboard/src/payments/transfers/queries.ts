import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';
import { quoted } from '../quotes/quoted';

export type Transfer = Schemas['TransferOut'];
export type TransferQuoteRequest = Schemas['TransferQuoteIn'];
export type TransferQuote = Schemas['TransferQuoteOut'];

const TRANSFERS = '/v1/instances/{instance_id}/transfers';
const PAGE_SIZE = 50;
const LOOK_AGAIN_MS = 5_000;

export function transfersQuery(instanceId: string) {
  return infiniteQueryOptions({
    queryKey: ['transfers', instanceId, 'list'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(TRANSFERS, {
          params: {
            path: { instance_id: instanceId },
            query: { limit: PAGE_SIZE, ...(pageParam !== null && { starting_after: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}

export function transferQuery(instanceId: string, transferId: string) {
  return queryOptions({
    queryKey: ['transfers', instanceId, transferId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${TRANSFERS}/{transfer_id}`, {
          params: { path: { instance_id: instanceId, transfer_id: transferId } },
          signal,
        }),
      ),
    // One under way is looked at again, until it has ended.
    refetchInterval: ({ state }) => (state.data?.status === 'processing' ? LOOK_AGAIN_MS : false),
  });
}

export function askForQuote(instanceId: string, body: TransferQuoteRequest) {
  return quoted(
    api.POST('/v1/instances/{instance_id}/transfer-quotes', {
      params: { path: { instance_id: instanceId } },
      body,
    }),
  );
}

export function createTransfer(instanceId: string, quoteId: string) {
  return unwrap(
    api.POST(TRANSFERS, {
      params: { path: { instance_id: instanceId } },
      body: { transfer_quote_id: quoteId },
    }),
  );
}
