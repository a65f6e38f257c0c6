import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { type Answers, aPage, INSTANCE, ok, renderApp } from '../../test/app';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/log-retention`;
const LOGS = `/v1/instances/${INSTANCE}/audit-logs`;

function anErasure(id: string, fields: object = {}) {
  return {
    id,
    instance_id: INSTANCE,
    subject: { entity_type: 'customer', entity_id: 're_000000000001' },
    reason: 'Asked for by the person',
    entries: 12,
    entries_approximate: false,
    status: 'requested',
    requested_by: { id: 'us_somebodyelse', name: 'Bea' },
    decided_by: null,
    decided_at: null,
    by_itself_at: null,
    created_at: new Date().toISOString(),
    ...fields,
  };
}

const answers: Answers = {
  [`GET ${LOGS}/retention`]: ok({ months: 12, next: null, expired_below: 0 }),
  [`GET ${LOGS}/holds`]: aPage([]),
  [`GET ${LOGS}/erasures`]: aPage([
    anErasure('er_000000000001'),
    anErasure('er_000000000002', { status: 'carried_out' }),
  ]),
};

it('has another’s request confirmed, and says what it cannot undo', async () => {
  const { requests } = renderApp(PAGE, {
    ...answers,
    [`POST ${LOGS}/erasures/er_000000000001/confirm`]: ok(anErasure('er_000000000001')),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: /^Confirm\s*Customer re_000000000001$/ }),
  );
  const dialog = screen.getByRole('dialog');
  expect(dialog.textContent).toContain('12 entries');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Erase them for good' }));
  await waitFor(() => expect(dialog.isConnected).toBe(false));
  const sent = requests.map(({ request }) => `${request.method} ${new URL(request.url).pathname}`);
  expect(sent).toContain(`POST ${LOGS}/erasures/er_000000000001/confirm`);
});

it('sends an empty number of months as for ever', async () => {
  const { requests } = renderApp(PAGE, {
    ...answers,
    [`PUT ${LOGS}/retention`]: ok({ months: null, next: null, expired_below: 0 }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Change' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.clear(within(dialog).getByLabelText('Months'));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Change the retention' }));
  await waitFor(() => expect(dialog.isConnected).toBe(false));
  const sent = requests.find(({ request }) => request.method === 'PUT')?.request;
  expect(await sent?.json()).toEqual({ months: null });
});
