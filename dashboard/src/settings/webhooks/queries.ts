import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { asAct } from '../../api/acts';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { WebhookDelivery, WebhookEndpoint } from '../../api/types';

const ENDPOINTS = '/v1/instances/{instance_id}/webhook-endpoints';
const ENDPOINT = `${ENDPOINTS}/{endpoint_id}` as const;

export type EventType = WebhookEndpoint['events'][number];

export function endpointsQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['webhook-endpoints', instanceId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(ENDPOINTS, { params: { path: { instance_id: instanceId } }, signal })),
  });
}

export function createEndpoint(instanceId: string, url: string, events: EventType[]) {
  return unwrap(
    api.POST(ENDPOINTS, {
      params: { path: { instance_id: instanceId } },
      body: { url, events },
    }),
  );
}

export function deleteEndpoint(instanceId: string, endpointId: string) {
  return unwrap(
    api.DELETE(ENDPOINT, {
      params: { path: { instance_id: instanceId, endpoint_id: endpointId } },
    }),
  );
}

/** Gives the secret that messages are signed with. Who looks is recorded. */
export function viewSecret(instanceId: string, endpointId: string) {
  return unwrap(
    api.GET(`${ENDPOINT}/secret`, {
      params: { path: { instance_id: instanceId, endpoint_id: endpointId } },
      fetch: asAct,
    }),
  );
}

export function deliveriesQuery(instanceId: string, endpointId: string) {
  return infiniteQueryOptions({
    queryKey: ['webhook-endpoints', instanceId, endpointId, 'deliveries'],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(`${ENDPOINT}/deliveries`, {
          params: {
            path: { instance_id: instanceId, endpoint_id: endpointId },
            query: pageParam === null ? {} : { starting_after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}

export function sendAgain(instanceId: string, { endpoint_id, id }: WebhookDelivery) {
  return unwrap(
    api.POST(`${ENDPOINT}/deliveries/{delivery_id}/retry`, {
      params: { path: { instance_id: instanceId, endpoint_id, delivery_id: id } },
    }),
  );
}
