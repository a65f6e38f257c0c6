import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { aPage, INSTANCE, LOG, ok, PAGE, renderApp } from '../test/app';

const NOBODY = { [`GET ${LOG}`]: aPage([]), [`GET /v1/instances/${INSTANCE}/api-keys`]: ok([]) };

describe('the keys of every page', () => {
  it('go to a page by a few letters of its name', async () => {
    renderApp(PAGE, NOBODY);
    await screen.findByRole('heading', { name: 'Audit logs' });
    const user = userEvent.setup();
    await user.keyboard('{Control>}k{/Control}');
    const field = await screen.findByRole('combobox', { name: 'Go to a page or an instance' });
    await user.type(field, 'api');
    expect(screen.getAllByRole('option')).toHaveLength(1);
    await user.keyboard('{Enter}');
    await screen.findByRole('heading', { name: 'API keys' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('go to another instance', async () => {
    const other = { id: 'in_000000000002', name: 'Acme Treasury' };
    const both = [
      { id: INSTANCE, name: 'Acme Payments', type: 'production', user_role: 'owner' },
      { ...other, type: 'production', user_role: 'owner' },
    ];
    renderApp(PAGE, { ...NOBODY, 'GET /v1/instances': ok(both) });
    await screen.findByRole('heading', { name: 'Audit logs' });
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.keyboard('treasury');
    const [option] = await screen.findAllByRole('option');
    expect(option?.textContent).toContain('Acme Treasury');
    await userEvent.keyboard('nothing of ours');
    await screen.findByText('Nothing is called so.');
  });

  it('are listed, and two of them lead somewhere', async () => {
    renderApp(PAGE, NOBODY);
    await screen.findByRole('heading', { name: 'Audit logs' });
    const user = userEvent.setup();
    await user.keyboard('?');
    const keys = await screen.findByRole('dialog', { name: 'Keys' });
    within(keys).getByText('Go to the API keys');
    await user.click(within(keys).getByRole('button', { name: 'Close' }));
    // K alone would open an entry.
    await user.keyboard('gk');
    await screen.findByRole('heading', { name: 'API keys' });
  });
});
