import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { components } from '../../api/schema';
import type { BillingDetails } from '../../api/types';

const BILLING = '/v1/instances/{instance_id}/billing';

export type Collection = components['schemas']['CollectInvoiceIn'];

export function detailsQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['billing', instanceId, 'details'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${BILLING}/details`, { params: { path: { instance_id: instanceId } }, signal }),
      ),
  });
}

export function saveDetails(instanceId: string, body: BillingDetails) {
  return unwrap(
    api.PUT(`${BILLING}/details`, { params: { path: { instance_id: instanceId } }, body }),
  );
}

export function invoicesQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['billing', instanceId, 'invoices'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${BILLING}/invoices`, { params: { path: { instance_id: instanceId } }, signal }),
      ),
    // The links to the documents are good for a quarter of an hour.
    refetchInterval: 10 * 60_000,
  });
}

export function payInvoice(instanceId: string, invoiceId: string) {
  return unwrap(
    api.POST(`${BILLING}/invoices/{invoice_id}/pay`, {
      params: { path: { instance_id: instanceId, invoice_id: invoiceId } },
    }),
  );
}

export function collectFees(instanceId: string, invoiceId: string, body: Collection) {
  return unwrap(
    api.POST(`${BILLING}/invoices/{invoice_id}/collect`, {
      params: { path: { instance_id: instanceId, invoice_id: invoiceId } },
      body,
    }),
  );
}

export function paymentMethodQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['billing', instanceId, 'payment-method'],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET(`${BILLING}/payment-method`, {
          params: { path: { instance_id: instanceId } },
          signal,
        }),
      ),
  });
}

export function openPortal(instanceId: string) {
  return unwrap(
    api.POST(`${BILLING}/portal-session`, { params: { path: { instance_id: instanceId } } }),
  );
}
