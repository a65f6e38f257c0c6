import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Invoice } from '../../api/types';
import { INSTANCE, ok, refusal, renderApp } from '../../test/app';
import { canBeCollected, canBePaid, sayPeriod, statusOf } from './words';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/billing`;

function anInvoice(fields: Partial<Invoice>): Invoice {
  return {
    status: 'owing',
    payment_id: null,
    collection_id: null,
    total_to_pay: 70_000,
    total_to_collect: 2_570,
    ...fields,
  } as Invoice;
}

describe('an invoice', () => {
  it('says how it stands', () => {
    expect(statusOf(anInvoice({})).words).toBe('To pay');
    expect(statusOf(anInvoice({ status: 'overdue', payment_id: 'ip_1' })).words).toBe(
      'Overdue, payment awaited',
    );
    expect(statusOf(anInvoice({ status: 'paid', payment_id: 'ip_1' })).words).toBe('Paid');
    const claimable = anInvoice({ status: 'claimable' });
    expect(statusOf(claimable).words).toBe('To collect');
    expect(statusOf({ ...claimable, collection_id: 'ic_1' }).words).toBe('Collecting');
    expect(statusOf({ ...claimable, total_to_collect: 0 }).words).toBe('Nothing to collect');
  });

  it('can be paid when it is owed, and collected when there is something', () => {
    expect(canBePaid(anInvoice({ status: 'overdue' }))).toBe(true);
    expect(canBePaid(anInvoice({ status: 'paid' }))).toBe(false);
    expect(canBeCollected(anInvoice({ status: 'claimable' }))).toBe(true);
    expect(canBeCollected(anInvoice({ status: 'claimable', total_to_collect: 0 }))).toBe(false);
    expect(canBeCollected(anInvoice({ status: 'collected' }))).toBe(false);
  });

  it('is for a period that ends where the next one begins', () => {
    const whole = {
      period_start: '2026-10-01T00:00:00.000Z',
      period_end: '2026-11-01T00:00:00.000Z',
    };
    expect(sayPeriod(whole)).toBe('1 Oct 2026 – 31 Oct 2026');
  });
});

describe('billing', () => {
  it('of a development instance asks the server nothing', async () => {
    const instance = { id: INSTANCE, name: 'Sandbox', type: 'development', user_role: 'owner' };
    const { requests } = renderApp(PAGE, { 'GET /v1/instances': ok([instance]) });
    expect(await screen.findByText('Nothing is billed here')).toBeTruthy();
    expect(requests.filter(({ url }) => url.pathname.includes('/billing'))).toEqual([]);
  });

  it('shows what is there when a part of it does not load', async () => {
    const broken = refusal(500, 'INTERNAL_ERROR', 'Something broke.');
    renderApp(PAGE, {
      [`GET /v1/instances/${INSTANCE}/billing/invoices`]: broken,
      [`GET /v1/instances/${INSTANCE}/billing/details`]: broken,
      [`GET /v1/instances/${INSTANCE}/billing/payment-method`]: ok({ type: null }),
    });
    expect(await screen.findByText('Billing details: nothing loaded')).toBeTruthy();
    expect(await screen.findByText(/invoices are paid one by one/)).toBeTruthy();
  });
});
