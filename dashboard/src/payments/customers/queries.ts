import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { straight } from '../../api/acts';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

export type Customer = Schemas['CustomerOut'];
export type NewCustomer = Schemas['CreateCustomerIn'];
export type CustomerChange = Schemas['UpdateCustomerIn'];
export type KycStatus = Customer['kyc_status'];

/** Which customers are listed. */
export interface CustomerFilters {
  readonly full_name?: string;
  readonly status?: KycStatus;
}

const CUSTOMERS = '/v1/instances/{instance_id}/customers';
const CUSTOMER = `${CUSTOMERS}/{customer_id}` as const;
const PAGE_SIZE = 50;

export function customersQuery(instanceId: string, filters: CustomerFilters = {}) {
  return infiniteQueryOptions({
    queryKey: ['customers', instanceId, 'list', filters],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET(CUSTOMERS, {
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

export function customerQuery(instanceId: string, customerId: string) {
  return queryOptions({
    queryKey: ['customers', instanceId, customerId],
    queryFn: ({ signal }) =>
      unwrap(api.GET(CUSTOMER, { params: pathOf(instanceId, customerId), signal })),
  });
}

/** A page of the customer's own on which the terms are accepted; it may lead back to ours. */
export async function termsPage(instanceId: string, redirectUrl: string | null) {
  const { url } = await unwrap(
    api.POST('/v1/e/instances/{instance_id}/tos', {
      params: { path: { instance_id: instanceId } },
      body: { idempotency_key: crypto.randomUUID(), redirect_url: redirectUrl },
      // It is the customer who acts there.
      fetch: straight,
    }),
  );
  return url;
}

export function createCustomer(instanceId: string, body: NewCustomer) {
  return unwrap(api.POST(CUSTOMERS, { params: { path: { instance_id: instanceId } }, body }));
}

/** Changes the fields that are given; null clears one. */
export function updateCustomer(instanceId: string, customerId: string, body: CustomerChange) {
  return unwrap(api.PUT(CUSTOMER, { params: pathOf(instanceId, customerId), body }));
}

export function deleteCustomer(instanceId: string, customerId: string) {
  return unwrap(api.DELETE(CUSTOMER, { params: pathOf(instanceId, customerId) }));
}

function pathOf(instanceId: string, customerId: string) {
  return { path: { instance_id: instanceId, customer_id: customerId } };
}
