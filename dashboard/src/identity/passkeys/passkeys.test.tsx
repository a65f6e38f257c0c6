import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type Answers, aPage, INSTANCE, LOG, ok, PAGE, refusal, renderApp } from '../../test/app';
import { anEntry } from '../../test/entries';

const TEAM = `/dashboard/instances/${INSTANCE}/settings/team`;
const MEMBERS = `/v1/instances/${INSTANCE}/members`;
const ASSERTION = { id: 'AQ', rawId: 'AQ', type: 'public-key', response: { signature: 'Ag' } };

const bruno = {
  id: 'us_Bruno0000002',
  email: 'bruno@example.com',
  first_name: 'Bruno',
  middle_name: null,
  last_name: 'Reis',
  image_url: '',
  role: 'viewer',
};
const ana = {
  id: 'us_Ana000000001',
  email: 'ana@example.com',
  first_name: 'Ana',
  middle_name: '',
  last_name: 'Souza',
  has_passkey: true,
  image_url: '',
};
const team: Answers = {
  'GET /v1/whoami': ok(ana),
  [`GET ${MEMBERS}`]: ok([bruno]),
  [`GET /v1/instances/${INSTANCE}/invites`]: ok([]),
  [`GET ${MEMBERS}/${bruno.id}/api-keys`]: ok([]),
  'POST /v1/whoami/passkeys/challenge': ok({ challenge: 'Aw' }),
  [`PUT ${MEMBERS}/${bruno.id}`]: (request) =>
    request.headers.has('X-Passkey-Assertion')
      ? ok({ success: true })
      : refusal(403, 'AUTH_PASSKEY_REQUIRED', 'Confirm this with a passkey.'),
};

const get = vi.fn();

beforeEach(() => {
  get.mockReset().mockResolvedValue({ toJSON: () => ASSERTION });
  vi.stubGlobal('PublicKeyCredential', {
    parseRequestOptionsFromJSON: (options: unknown) => options,
    isConditionalMediationAvailable: async () => false,
  });
  vi.stubGlobal('navigator', Object.assign(navigator, { credentials: { get } }));
});

async function openRole() {
  await userEvent.click(await screen.findByRole('button', { name: /Change role.*Bruno Reis/ }));
  const dialog = screen.getByRole('dialog', { hidden: true });
  await userEvent.selectOptions(within(dialog).getByLabelText('Role'), 'finance');
  return dialog;
}

async function press(dialog: HTMLElement, name: string) {
  await userEvent.click(within(dialog).getByRole('button', { name, hidden: true }));
}

describe('confirming an act', () => {
  it('asks when the server does, and signs the very bytes that are sent', async () => {
    const { requests } = renderApp(TEAM, team);
    const dialog = await openRole();
    await press(dialog, 'Change the role');
    await within(dialog).findByText('This has to be confirmed with your passkey');
    expect(get).not.toHaveBeenCalled();
    await press(dialog, 'Change the role');
    await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());

    const sent = requests.filter(({ request }) => request.method === 'PUT').at(-1)?.request;
    const body = await sent?.text();
    expect(body).toBe('{"user_role":"finance"}');
    const challenge = requests.find(({ url }) => url.pathname.endsWith('/challenge'))?.request;
    expect(await challenge?.json()).toEqual({
      method: 'PUT',
      path: `${MEMBERS}/${bruno.id}?api_keys=keep`,
      // printf '{"user_role":"finance"}' | sha256sum
      body_sha256: 'ed740aa099097b2aea36777bc113a8d666181dbe3a09608054086b1ca8e19ed1',
    });
    const header = sent?.headers.get('X-Passkey-Assertion') ?? '';
    expect(header).toMatch(/^[\w-]+$/);
    expect(JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/')))).toEqual(ASSERTION);
    expect(sent?.headers.get('Content-Type')).toBe('application/json');
  });

  it('is offered to who has a passkey, and then needs no refusal first', async () => {
    const { requests } = renderApp(TEAM, team);
    const dialog = await openRole();
    await userEvent.click(within(dialog).getByLabelText('Confirm with my passkey'));
    await press(dialog, 'Change the role');
    await waitFor(() => expect(screen.queryByRole('dialog', { hidden: true })).toBeNull());
    expect(requests.filter(({ request }) => request.method === 'PUT')).toHaveLength(1);
  });

  it('loses nothing when the device does not answer', async () => {
    get.mockRejectedValue(new DOMException('', 'NotAllowedError'));
    const { requests } = renderApp(TEAM, team);
    const dialog = await openRole();
    await userEvent.click(within(dialog).getByLabelText('Confirm with my passkey'));
    await press(dialog, 'Change the role');
    expect((await within(dialog).findByRole('alert', { hidden: true })).textContent).toContain(
      'Nothing was done',
    );
    expect(requests.filter(({ request }) => request.method === 'PUT')).toHaveLength(0);
    expect((within(dialog).getByLabelText('Role') as HTMLSelectElement).value).toBe('finance');
  });

  it('tells who has none where to add one', async () => {
    renderApp(TEAM, { ...team, 'GET /v1/whoami': ok({ ...ana, has_passkey: false }) });
    const dialog = await openRole();
    expect(within(dialog).queryByLabelText('Confirm with my passkey')).toBeNull();
    await press(dialog, 'Change the role');
    const link = await within(dialog).findByRole('link', { name: 'Add a passkey', hidden: true });
    expect(link.getAttribute('href')).toBe(`/dashboard/instances/${INSTANCE}/settings/security`);
  });
});

describe('signing in with a passkey', () => {
  const answers: Answers = {
    'POST /v1/sign-in/passkey-options': ok({ challenge: 'Aw' }),
    'POST /v1/sessions': ok({ user_id: ana.id }),
    [`GET ${LOG}`]: aPage([anEntry()]),
  };

  it('sends the answer of the device', async () => {
    const { address, requests } = renderApp('/dashboard/sign-in', answers);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in with a passkey' }));
    await waitFor(() => expect(address()).toBe(PAGE));
    const sent = requests.find(({ url }) => url.pathname === '/v1/sessions');
    expect(await sent?.request.json()).toEqual({ passkey: ASSERTION });
  });

  it('says why it did not', async () => {
    get.mockRejectedValue(new DOMException('', 'NotAllowedError'));
    renderApp('/dashboard/sign-in', answers);
    await userEvent.click(await screen.findByRole('button', { name: 'Sign in with a passkey' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Nothing was done');
    expect(screen.getByLabelText('E-mail address')).toBeTruthy();
  });
});
