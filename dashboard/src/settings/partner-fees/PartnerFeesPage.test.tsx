import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { INSTANCE, ok, renderApp } from '../../test/app';
import { sayFee } from './words';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/partner-fees`;
const FEES = `/v1/instances/${INSTANCE}/partner-fees`;

describe('partner fees', () => {
  it('are said as people say them', () => {
    expect(sayFee(150, 50)).toBe('1.5% + $0.50');
    expect(sayFee(1000, 0)).toBe('10%');
    expect(sayFee(0, 100_000)).toBe('$1,000.00');
    expect(sayFee(0, 0)).toBe('Nothing');
  });

  it('are typed in percent and dollars, and sent in basis points and cents', async () => {
    const { requests } = renderApp(PAGE, {
      [`GET ${FEES}`]: ok([]),
      [`POST ${FEES}`]: ok({ id: 'pf_000000000001' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Create a fee' }));
    const dialog = within(screen.getByRole('dialog'));
    const type = async (label: string, text: string) => {
      await userEvent.clear(dialog.getByLabelText(label));
      await userEvent.type(dialog.getByLabelText(label), text);
    };
    await type('Name', 'Marketplace');
    // 1.15 × 100 is 114.99999999999999 to a computer.
    await type('On payouts, in percent', '1.15');
    await type('On payouts, in dollars', '0.29');
    await userEvent.click(dialog.getByLabelText(/virtual accounts/));
    await userEvent.click(dialog.getByRole('button', { name: 'Create the fee' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = requests.find(({ request }) => request.method === 'POST')?.request;
    expect(await sent?.json()).toEqual({
      name: 'Marketplace',
      payout_percentage_fee: 115,
      payout_flat_fee: 29,
      payin_percentage_fee: 0,
      payin_flat_fee: 0,
      virtual_account_set: true,
    });
  });
});
