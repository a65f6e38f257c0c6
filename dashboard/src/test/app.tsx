import { createMemoryHistory } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import { vi } from 'vitest';
import { App, createApp } from '../app';
import { CATALOGUE } from './entries';

export const INSTANCE = 'in_000000000001';
export const LOG = `/v1/instances/${INSTANCE}/audit-logs`;
export const PAGE = `/dashboard/instances/${INSTANCE}/settings/audit-logs`;

export interface Answer {
  status: number;
  body: unknown;
}

/** By "METHOD /path": the answer, or a function of the request that gives it. */
export type Answers = Record<string, Answer | ((request: Request, url: URL) => Answer)>;

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function refusal(status: number, code: string, description: string): Answer {
  const trace_id = 'feedfacefeedfacefeedfacefeedface';
  return {
    status,
    body: { success: false, code, message: code, description, errors: [], trace_id },
  };
}

export function aPage(data: readonly unknown[], next_page: string | null = null): Answer {
  return ok({ data, pagination: { has_more: next_page !== null, next_page, prev_page: null } });
}

const COMMON: Answers = {
  'GET /v1/whoami': ok({
    id: 'us_Ana000000001',
    email: 'ana@example.com',
    first_name: 'Ana',
    middle_name: '',
    last_name: 'Souza',
    has_passkey: false,
    image_url: '',
  }),
  'GET /v1/instances': ok([
    { id: INSTANCE, name: 'Acme Payments', type: 'production', user_role: 'owner' },
  ]),
  [`GET /v1/instances/${INSTANCE}/members`]: ok([
    {
      id: 'us_Bruno0000002',
      email: 'bruno@example.com',
      first_name: 'Bruno',
      middle_name: null,
      last_name: 'Reis',
      image_url: '',
      role: 'owner',
    },
  ]),
  [`GET /v1/instances/${INSTANCE}/api-keys`]: ok([
    { id: 'ap_Backend00001', name: 'Backend', permission: 'full', token: 'dk_live_Ab3d••••' },
  ]),
  'GET /v1/audit-log-actions': ok(CATALOGUE),
  [`GET ${LOG}/histogram`]: ok({
    data: [{ start: '2026-11-23T04:00:00Z', counts: { create: 2, update: 1, delete: 0 } }],
    width_seconds: 3600,
    approximate: false,
  }),
  [`GET ${LOG}/facets`]: ok({
    data: { feature: [{ value: 'payout', count: 1284 }] },
    approximate: false,
  }),
};

/** The whole application at an address, before a server that answers as told. */
export function renderApp(address: string, answers: Answers = {}) {
  const requests: { request: Request; url: URL }[] = [];
  const known = { ...COMMON, ...answers };
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    requests.push({ request, url });
    const answer = known[`${request.method} ${url.pathname}`];
    if (!answer) throw new TypeError(`Nothing answers ${request.method} ${url.pathname}`);
    const { status, body } = typeof answer === 'function' ? answer(request.clone(), url) : answer;
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json' },
    });
  });
  const app = createApp(createMemoryHistory({ initialEntries: [address] }));
  render(<App app={app} />);
  return {
    requests,
    /** The queries of all calls of a path so far. */
    queriesOf: (path: string) =>
      requests.filter(({ url }) => url.pathname === path).map(({ url }) => url.searchParams),
    address: () => app.router.history.location.href,
  };
}
