import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, aPage, INSTANCE, ok, refusal, renderApp } from '../../test/app';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/security`;

function aSession(fields: object) {
  return {
    id: 'se_000000000001',
    current: true,
    auth_method: 'code_session',
    device: 'Firefox 128 on Windows',
    user_agent: 'Mozilla/5.0',
    ip_address: '200.160.0.8',
    country: 'BR',
    created_at: new Date().toISOString(),
    last_used_at: new Date().toISOString(),
    expires_at: new Date().toISOString(),
    ...fields,
  };
}

function anEvent(id: string, fields: object = {}) {
  const { expires_at: _, current: __, ...seen } = aSession({});
  return { ...seen, id, kind: 'sign_in', label: null, ...fields };
}

const answers: Answers = {
  'GET /v1/whoami/passkeys': ok([]),
  'GET /v1/whoami/sessions': ok([aSession({})]),
  'GET /v1/whoami/events': aPage([anEvent('ae_000000000001')]),
};
const create = vi.fn();

beforeEach(() => {
  create.mockReset();
  vi.stubGlobal('PublicKeyCredential', {
    parseRequestOptionsFromJSON: (options: unknown) => options,
    parseCreationOptionsFromJSON: (options: unknown) => options,
  });
  vi.stubGlobal('navigator', Object.assign(navigator, { credentials: { create } }));
});

async function add(name: string) {
  await userEvent.click(await screen.findByRole('button', { name: 'Add a passkey' }));
  const dialog = screen.getByRole('dialog');
  await userEvent.type(within(dialog).getByLabelText('Name'), name);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Add the passkey' }));
  return dialog;
}

describe('the security of one’s account', () => {
  it('has the device make a passkey, and enrols it by its name', async () => {
    create.mockResolvedValue({ toJSON: () => ({ id: 'AQ' }) });
    const { requests } = renderApp(PAGE, {
      ...answers,
      'POST /v1/whoami/passkeys/options': ok({ challenge: 'Aw' }),
      'POST /v1/whoami/passkeys': ok({ id: 'pk_000000000001' }),
    });
    const dialog = await add('Work laptop');
    await waitFor(() => expect(dialog.isConnected).toBe(false));
    const sent = requests.filter(({ request }) => request.method === 'POST').at(-1)?.request;
    expect(await sent?.json()).toEqual({ name: 'Work laptop', credential: { id: 'AQ' } });
  });

  it('has none made in a session that would be refused', async () => {
    const old = aSession({ created_at: '2020-01-01T00:00:00Z' });
    renderApp(PAGE, { ...answers, 'GET /v1/whoami/sessions': ok([old]) });
    const dialog = await add('Work laptop');
    await within(dialog).findByText('You signed in more than 15 minutes ago');
    expect(create).not.toHaveBeenCalled();
  });

  it('says when the device has one already', async () => {
    create.mockRejectedValue(new DOMException('', 'InvalidStateError'));
    renderApp(PAGE, {
      ...answers,
      'POST /v1/whoami/passkeys/options': ok({ challenge: 'Aw' }),
    });
    const dialog = await add('Work laptop');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('already');
  });

  it('offers to sign out elsewhere, and never here', async () => {
    const other = aSession({ id: 'se_000000000002', current: false, device: 'Chrome on macOS' });
    const { requests } = renderApp(PAGE, {
      ...answers,
      'GET /v1/whoami/sessions': ok([aSession({}), other]),
      'DELETE /v1/whoami/sessions/se_000000000002': ok({ success: true }),
    });
    const here = await screen.findByRole('row', { name: /This device/ });
    expect(within(here).queryByRole('button')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: /Sign out.*Chrome on macOS/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Sign out there' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(requests.some(({ request }) => request.method === 'DELETE')).toBe(true);
  });

  it('goes on to older events, and keeps what it has when that fails', async () => {
    renderApp(PAGE, {
      ...answers,
      'GET /v1/whoami/events': (_request, url) =>
        url.searchParams.has('starting_after')
          ? refusal(500, 'INTERNAL_ERROR', 'Something broke.')
          : aPage([anEvent('ae_000000000002', { kind: 'sign_in_failed' })], 'ae_000000000002'),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Show older events' }));
    expect(await screen.findByText('Something broke.')).toBeTruthy();
    expect(screen.getByRole('cell', { name: 'Failed sign-in' })).toBeTruthy();
  });
});
