import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, aPage, INSTANCE, ok, refusal, renderApp } from '../../test/app';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/webhooks`;
const ENDPOINTS = `/v1/instances/${INSTANCE}/webhook-endpoints`;
const ID = 'we_000000000001';

const endpoint = {
  id: ID,
  url: 'https://api.example.com/hooks',
  events: ['payout.new'],
  last_event_at: null,
  instance_id: INSTANCE,
  created_at: '2026-11-01T00:00:00.000Z',
  updated_at: '2026-11-01T00:00:00.000Z',
};
const delivery = {
  id: 'wd_000000000001',
  endpoint_id: ID,
  event_id: 'msg_1',
  event_type: 'payout.new',
  status: 'pending',
  attempts: 2,
  response_status: 503,
  error: null,
  last_attempt_at: new Date().toISOString(),
  next_attempt_at: new Date(Date.now() + 7_300_000).toISOString(),
  created_at: new Date().toISOString(),
};
const answers: Answers = {
  [`GET ${ENDPOINTS}`]: ok([endpoint]),
  [`GET ${ENDPOINTS}/${ID}/deliveries`]: aPage([delivery]),
};

function as(role: string): Answers {
  const instance = { id: INSTANCE, name: 'Acme', type: 'development', user_role: role };
  return { 'GET /v1/instances': ok([instance]) };
}

describe('webhooks', () => {
  it('are told of all events, or of those that were chosen', async () => {
    const { requests } = renderApp(PAGE, {
      ...answers,
      [`POST ${ENDPOINTS}`]: ok({ id: 'we_000000000002' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Add an endpoint' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Address'), 'https://example.com/in');
    await userEvent.selectOptions(dialog.getByLabelText('Events'), 'Only some');
    const add = dialog.getByRole('button', { name: 'Add the endpoint' });
    // To the API none would mean all: nothing may be sent.
    await userEvent.click(add);
    await dialog.findByText('Choose at least one event.');
    expect(requests.some(({ request }) => request.method === 'POST')).toBe(false);

    await userEvent.click(dialog.getByLabelText('A payout ended'));
    await userEvent.click(add);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = requests.find(({ request }) => request.method === 'POST')?.request;
    expect(await sent?.json()).toEqual({
      url: 'https://example.com/in',
      events: ['payout.complete'],
    });
  });

  it('show what became of each message, and send it again', async () => {
    const { requests } = renderApp(`${PAGE}/${ID}`, {
      ...answers,
      [`POST ${ENDPOINTS}/${ID}/deliveries/${delivery.id}/retry`]: ok(delivery),
    });
    const row = await screen.findByRole('row', { name: /payout\.new/ });
    for (const words of [/On its way/, /Status 503/, /in 2 hours/]) {
      expect(row.textContent).toMatch(words);
    }
    await userEvent.click(within(row).getByRole('button', { name: /Send again/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Send it again' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(requests.some(({ url }) => url.pathname.endsWith('/retry'))).toBe(true);
  });

  it('show the secret to who asks for it, and only then', async () => {
    const { requests } = renderApp(`${PAGE}/${ID}`, {
      ...answers,
      [`GET ${ENDPOINTS}/${ID}/secret`]: ok({ key: 'whsec_c2VjcmV0' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'View the signing secret' }));
    const asked = () => requests.some(({ url }) => url.pathname.endsWith('/secret'));
    expect(asked()).toBe(false);
    await userEvent.click(screen.getByRole('button', { name: 'View the secret' }));
    expect(await screen.findByText('whsec_c2VjcmV0')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Done' }));
    expect(screen.queryByText('whsec_c2VjcmV0')).toBeNull();
  });

  it('offer a viewer nothing to do, nor a log that is not theirs to read', async () => {
    renderApp(`${PAGE}/${ID}`, { ...answers, ...as('viewer') });
    await screen.findByRole('row', { name: /payout\.new/ });
    for (const name of [/secret/, /Delete/, /Send again/]) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
    expect(screen.queryByRole('link', { name: /Activity/ })).toBeNull();
  });

  it('say so when an endpoint is gone, or when nothing loads', async () => {
    renderApp(`${PAGE}/we_000000000009`, answers);
    expect(await screen.findByText('There is no such endpoint')).toBeTruthy();
  });

  it('say why nothing loads', async () => {
    renderApp(PAGE, { [`GET ${ENDPOINTS}`]: refusal(403, 'AUTH_FORBIDDEN', 'Not yours.') });
    expect((await screen.findByRole('alert')).textContent).toContain('Not yours.');
  });
});
