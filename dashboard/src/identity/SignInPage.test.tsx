import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { type Answers, aPage, LOG, ok, PAGE, refusal, renderApp } from '../test/app';
import { anEntry } from '../test/entries';

const SIGN_IN = '/dashboard/sign-in';
const wrong = refusal(401, 'AUTH_UNAUTHORIZED', 'That code is not right.');
const answers: Answers = {
  'POST /v1/sign-in/codes': ok({ success: true }),
  'POST /v1/sessions': ok({ user_id: 'us_Ana000000001' }),
  [`GET ${LOG}`]: aPage([anEntry()]),
};

afterEach(() => {
  window.history.replaceState(null, '', '/');
});

describe('signing in by a code', () => {
  it('leads back to where one came from', async () => {
    const next = encodeURIComponent(`${PAGE}?feature=customer`);
    const { address, requests } = renderApp(`${SIGN_IN}?next=${next}`, answers);
    await userEvent.type(await screen.findByLabelText('E-mail address'), 'ana@example.com{Enter}');
    // The spaces of a pasted code are no part of it; the last digit sends it.
    await userEvent.type(await screen.findByLabelText('Sign-in code'), '123 456');
    await waitFor(() => expect(address()).toBe(`${PAGE}?feature=customer`));

    const sent = requests.find(({ url }) => url.pathname === '/v1/sessions');
    expect(await sent?.request.json()).toEqual({ email: 'ana@example.com', code: '123456' });
  });

  it('does not lead anywhere else', async () => {
    const { address } = renderApp(`${SIGN_IN}?next=https://evil.example/dashboard/`, answers);
    await userEvent.type(await screen.findByLabelText('E-mail address'), 'ana@example.com{Enter}');
    await userEvent.type(await screen.findByLabelText('Sign-in code'), '123456');
    await waitFor(() => expect(address()).toBe(PAGE));
  });

  it('says why a code was refused, and can start over', async () => {
    renderApp(SIGN_IN, { ...answers, 'POST /v1/sessions': wrong });
    await userEvent.type(await screen.findByLabelText('E-mail address'), 'ana@example.com{Enter}');
    await userEvent.type(await screen.findByLabelText('Sign-in code'), '000000');
    expect((await screen.findByRole('alert')).textContent).toContain('That code is not right.');
    await userEvent.click(screen.getByRole('button', { name: 'Use another e-mail' }));
    expect(await screen.findByLabelText('E-mail address')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says when too many codes were asked for', async () => {
    renderApp(SIGN_IN, {
      'POST /v1/sign-in/codes': refusal(429, 'AUTH_RATE_LIMITED', 'Wait a minute.'),
    });
    await userEvent.type(await screen.findByLabelText('E-mail address'), 'ana@example.com{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('Wait a minute.');
  });
});

describe('signing in by a link', () => {
  it('uses the token once and takes it out of the address', async () => {
    window.history.replaceState(null, '', `${SIGN_IN}#link=one-time%2Btoken`);
    const { address, requests } = renderApp(SIGN_IN, answers);
    await waitFor(() => expect(address()).toBe(PAGE));

    const sent = requests.filter(({ url }) => url.pathname === '/v1/sessions');
    expect(sent).toHaveLength(1);
    expect(await sent[0]?.request.json()).toEqual({ link_token: 'one-time+token' });
    expect(window.location.hash).toBe('');
  });

  it('offers the code when the link is not good any more', async () => {
    window.history.replaceState(null, '', `${SIGN_IN}#link=old`);
    renderApp(SIGN_IN, { ...answers, 'POST /v1/sessions': wrong });
    expect((await screen.findByRole('alert')).textContent).toContain('That code is not right.');
    expect(screen.getByLabelText('E-mail address')).toBeTruthy();
    expect(window.location.hash).toBe('');
  });
});

describe('the way in', () => {
  it('leads to the only instance', async () => {
    const { address } = renderApp('/dashboard/', answers);
    await waitFor(() => expect(address()).toBe(PAGE));
  });

  it('leads to the choice when there are several', async () => {
    const instances = ok([
      { id: 'in_000000000002', name: 'Sandbox', type: 'development', user_role: 'viewer' },
      { id: 'in_000000000003', name: 'Live', type: 'production', user_role: 'owner' },
    ]);
    const { address } = renderApp('/dashboard/', { ...answers, 'GET /v1/instances': instances });
    await waitFor(() => expect(address()).toBe('/dashboard/instances'));
    expect(await screen.findByRole('link', { name: /Sandbox.*Viewer.*Development/ })).toBeTruthy();
  });

  it('tells who is in no instance what to do', async () => {
    renderApp('/dashboard/', { ...answers, 'GET /v1/instances': ok([]) });
    expect(await screen.findByText(/not a member of any instance yet/)).toBeTruthy();
  });

  it('goes out again: only when the server has ended the session', async () => {
    let working = false;
    const { address } = renderApp(PAGE, {
      ...answers,
      'DELETE /v1/sessions/current': () =>
        working ? ok({ success: true }) : refusal(500, 'INTERNAL_ERROR', 'Something broke.'),
    });
    const signOut = async () => {
      await userEvent.click(await screen.findByRole('button', { name: /Account menu/ }));
      await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    };
    await signOut();
    expect(await screen.findByText('You are still signed in. Something broke.')).toBeTruthy();
    working = true;
    await signOut();
    await waitFor(() => expect(address()).toBe(SIGN_IN));
  });
});
