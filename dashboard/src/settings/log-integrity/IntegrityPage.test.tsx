import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { INSTANCE, LOG, ok, renderApp } from '../../test/app';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/log-integrity`;
const NOW = new Date().toISOString();

function aStatus(fields: object = {}) {
  return ok({
    size: 1284,
    checkpoint: { size: 1280, signed_at: NOW, age_seconds: 2 },
    unsealed_seconds: null,
    sealer: 'working',
    witnesses: [],
    mailing: { every: 'never', addresses: [], next_at: null, mails: [] },
    ...fields,
  });
}

const WITNESS = {
  id: 'aw_000000000001',
  name: 'Office',
  size: 900,
  remembered_at: NOW,
  created_at: NOW,
};

describe('the integrity of the log', () => {
  it('says plainly when nobody outside remembers it', async () => {
    renderApp(PAGE, { [`GET ${LOG}/status`]: aStatus() });
    await screen.findByText('Nobody');
    screen.getByText(/nobody could tell/);
    screen.getByText('No machine remembers this log');
    screen.getByText('Nobody gets checkpoints by mail');
    screen.getByText('Working');
  });

  it('shows who remembers how much, and which mail failed', async () => {
    const mails = [
      { address: 'auditor@example.com', size: 1200, sent_at: NOW, has_failed: false },
      { address: 'lawyer@example.com', size: null, sent_at: null, has_failed: true },
    ];
    const addresses = mails.map(({ address }) => address);
    renderApp(PAGE, {
      [`GET ${LOG}/status`]: aStatus({
        witnesses: [WITNESS],
        mailing: { every: 'daily', addresses, next_at: NOW, mails },
      }),
    });
    await screen.findByText('1,200 of 1,284 entries');
    const rows = screen.getAllByRole('row').map((row) => row.textContent);
    expect(rows.find((text) => text?.startsWith('Office'))).toContain('900 entries');
    expect(rows.find((text) => text?.startsWith('lawyer@example.com'))).toContain(
      'Nothing yetOn its wayThe last attempt failed',
    );
  });

  it('tells that the sealer stands still, and since when', async () => {
    renderApp(PAGE, {
      [`GET ${LOG}/status`]: aStatus({ sealer: 'behind', unsealed_seconds: 7200 }),
    });
    await screen.findByText('Behind');
    screen.getByText(/7200 seconds old/);
  });

  it('has the owner say who gets mails', async () => {
    const { requests } = renderApp(PAGE, {
      [`GET ${LOG}/status`]: aStatus(),
      [`PUT ${LOG}/mailing`]: ok({ every: 'daily', addresses: [], next_at: NOW, mails: [] }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Change who gets them' }));
    const dialog = screen.getByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText('Addresses'),
      'auditor@example.com, lawyer@example.com',
    );
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const put = requests.find(({ request }) => request.method === 'PUT');
    expect(await put?.request.json()).toEqual({
      every: 'daily',
      addresses: ['auditor@example.com', 'lawyer@example.com'],
    });
  });

  it('takes a witness off the list when the owner is sure', async () => {
    const { requests } = renderApp(PAGE, {
      [`GET ${LOG}/status`]: aStatus({ witnesses: [WITNESS] }),
      [`DELETE ${LOG}/witnesses/${WITNESS.id}`]: ok({ success: true }),
    });
    await userEvent.click(await screen.findByRole('button', { name: /^Remove.*Office/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Take it off' }));
    await waitFor(() =>
      expect(requests.some(({ request }) => request.method === 'DELETE')).toBe(true),
    );
  });
});
