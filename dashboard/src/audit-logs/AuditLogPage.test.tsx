import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../api/types';
import { type Answer, aPage, INSTANCE, LOG, ok, PAGE, refusal, renderApp } from '../test/app';
import { anEntry, anErasedEntry } from '../test/entries';
import { proofs, record } from '../test/proofs.json';
// The page loads these on demand; here they are there before a test begins to wait.
import './DateFields';
import './ExportDialog';
import './ViewDialog';

const FIRST = anEntry({ id: 'al_0Zk000000003' });
const SECOND = anEntry({
  id: 'al_0Zk000000002',
  outcome: 'denied',
  entity_label: 'João\u202E',
  changes: { role: { from: 'viewer', to: 'admin' }, secret: { changed: true } },
  personal: { metadata: {}, changes: { email: { from: 'a@x', to: null } } },
});
const THIRD = anErasedEntry({ id: 'al_0Zk000000001' });

async function rowOf(name: RegExp) {
  return screen.findByRole('row', { name });
}

afterEach(() => {
  vi.useRealTimers();
});

describe('the list', () => {
  it('shows entries by day, and marks what was denied or erased in words', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-27T12:00:00Z'), toFake: ['Date'] });
    renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST, SECOND, THIRD]) });

    await rowOf(/Maria Lima/);
    const [first, second, third] = screen
      .getAllByRole('row', { name: /customer/ })
      .map((row) => row.textContent);
    expect(first).toMatch(/^01:00:00.*Ana Souza.*Create.*created customer Maria Lima/);
    expect(second).toMatch(/Denied.*refused: created customer João‹U\+202E›/);
    expect(third).toMatch(/us_Ana000000001.*erased.*created customer re_000000000001/);
    expect(screen.getByText('Mon 23 Nov').tagName).toBe('TH');
  });

  it('asks for what the address says, denied and system acts included', async () => {
    const { queriesOf } = renderApp(`${PAGE}?feature=payout&feature=customer&operation=create`, {
      [`GET ${LOG}`]: aPage([FIRST]),
    });
    await rowOf(/Maria Lima/);
    const [query] = queriesOf(LOG);
    expect(query?.getAll('feature')).toEqual(['payout', 'customer']);
    expect(query?.get('include')).toBe('denied,system');
    expect(query?.get('limit')).toBe('50');
  });

  it('loads more from where it ended', async () => {
    const { queriesOf } = renderApp(PAGE, {
      [`GET ${LOG}`]: (_request, url) =>
        url.searchParams.has('starting_after') ? aPage([THIRD]) : aPage([FIRST], FIRST.id),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Load 50 more' }));
    await rowOf(/erased/);
    expect(queriesOf(LOG).at(-1)?.get('starting_after')).toBe(FIRST.id);
    expect(screen.getByText('No older entries.')).toBeTruthy();
  });

  it('keeps what it has when more cannot be loaded', async () => {
    renderApp(PAGE, {
      [`GET ${LOG}`]: (_request, url) =>
        url.searchParams.has('starting_after')
          ? refusal(500, 'INTERNAL_ERROR', 'Something broke.')
          : aPage([FIRST], FIRST.id),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Load 50 more' }));
    expect(await screen.findByText('Something broke.')).toBeTruthy();
    expect(await rowOf(/Maria Lima/)).toBeTruthy();
  });
});

describe('the chart', () => {
  it('says how many there are, by time, also to who does not see it', async () => {
    renderApp(`${PAGE}?range=7d`, { [`GET ${LOG}`]: aPage([FIRST]) });
    const chart = await screen.findByRole('region', { name: 'Entries over time' });
    expect(await within(chart).findByText('3 entries · Last 7 days')).toBeTruthy();
    const table = within(chart).getByRole('table', { hidden: true });
    expect(within(table).getAllByRole('row', { hidden: true })[1]?.textContent).toMatch(/210$/);
  });

  it('is put away by H, and stays so', async () => {
    const { queriesOf } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await screen.findByText('3 entries · All time');
    await userEvent.keyboard('h');
    expect(screen.queryByText('3 entries · All time')).toBeNull();
    expect(window.localStorage.getItem('deedbook.histogram')).toBe('off');
    expect(queriesOf(`${LOG}/histogram`)).toHaveLength(1);
  });
});

describe('a filter that excludes', () => {
  it('is turned in its menu, and reads so', async () => {
    const { address } = renderApp(`${PAGE}?feature=payout`, { [`GET ${LOG}`]: aPage([FIRST]) });
    await userEvent.click(await screen.findByRole('button', { name: /^Feature is/ }));
    await userEvent.click(await screen.findByRole('radio', { name: 'is not' }));
    await waitFor(() => expect(address()).toBe(`${PAGE}?not_feature=payout`));
    expect(screen.getByRole('button', { name: /^Feature is not/ })).toBeTruthy();

    await userEvent.click(screen.getByRole('radio', { name: 'is' }));
    await waitFor(() => expect(address()).toBe(`${PAGE}?feature=payout`));
  });
});

describe('the trail of an entry', () => {
  const customer = anEntry({ id: 'al_0Zk00000000C', entity_label: 'Rosa Prado' });
  const payout = anEntry({
    id: 'al_0Zk00000000P',
    action: 'payout.created',
    entity_id: 'po_000000000001',
    refs: [
      { type: 'quote', id: 'qu_000000000001' },
      { type: 'customer', id: 're_000000000001' },
    ],
  });

  it('leads to who made what it refers to, and says nothing of what no entry made', async () => {
    const { address, queriesOf } = renderApp(`${PAGE}?entry=${payout.id}`, {
      [`GET ${LOG}`]: (_request, url) => {
        const entity = url.searchParams.get('entity_id');
        if (entity === 're_000000000001') return aPage([customer]);
        return aPage(entity || url.searchParams.has('user_id') ? [] : [payout, customer]);
      },
    });
    const pane = await screen.findByRole('complementary');
    const made = await within(pane).findByRole('button', { name: /Ana Souza.*Rosa Prado/ });
    expect(made.textContent).toContain('BR · 200.160.0.8');
    expect(within(pane).getByText('qu_000000000001')).toBeTruthy();
    const asked = queriesOf(LOG).filter((query) => query.has('entity_id'));
    expect(asked.map((query) => query.get('operation'))).toEqual(['create', 'create']);

    await userEvent.click(made);
    await waitFor(() => expect(address()).toBe(`${PAGE}?entry=${customer.id}`));
  });

  it('shows what the same actor did around it', async () => {
    const { queriesOf } = renderApp(`${PAGE}?entry=${FIRST.id}`, {
      [`GET ${LOG}`]: (_request, url) => {
        if (url.searchParams.has('ending_before')) return aPage([payout]);
        return aPage(url.searchParams.has('starting_after') ? [customer] : [FIRST]);
      },
    });
    const pane = await screen.findByRole('complementary');
    await within(pane).findByRole('heading', { name: 'Around this, by the same actor' });
    const around = within(pane).getByText('This entry').closest('ol');
    expect(around?.textContent).toMatch(/Payout created.*This entry.*Rosa Prado/);
    for (const side of ['ending_before', 'starting_after']) {
      const query = queriesOf(LOG).find((each) => each.has(side));
      expect(query?.get(side)).toBe(FIRST.id);
      expect(query?.get('user_id')).toBe(FIRST.user_id);
    }
  });
});

describe('the states without entries', () => {
  it('says that nothing has happened yet', async () => {
    renderApp(PAGE, { [`GET ${LOG}`]: aPage([]) });
    expect(await screen.findByText('Nothing has happened yet')).toBeTruthy();
  });

  it('lists the filters that nothing matches, each to be removed', async () => {
    const { address } = renderApp(`${PAGE}?operation=delete&range=7d`, {
      [`GET ${LOG}`]: (_request, url) =>
        url.searchParams.has('operation') ? aPage([]) : aPage([FIRST]),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Remove: Operation is Delete' }),
    );
    await rowOf(/Maria Lima/);
    expect(address()).toBe(`${PAGE}?range=7d`);
  });

  it('says who may read the log, and whom to ask', async () => {
    renderApp(PAGE, { [`GET ${LOG}`]: refusal(403, 'AUTH_FORBIDDEN', 'No.') });
    expect(await screen.findByText('Only owners and admins can see audit logs')).toBeTruthy();
    expect(await screen.findByText('Bruno Reis')).toBeTruthy();
  });

  it('shows a problem with its trace id, and tries again with the same filters', async () => {
    let broken = true;
    const { address, queriesOf } = renderApp(`${PAGE}?feature=payout`, {
      [`GET ${LOG}`]: () =>
        broken ? refusal(500, 'INTERNAL_ERROR', 'Something broke.') : aPage([FIRST]),
    });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Something broke.');
    expect(alert.textContent).toContain('feedfacefeedfacefeedfacefeedface');

    broken = false;
    await userEvent.click(within(alert).getByRole('button', { name: 'Retry' }));
    await rowOf(/Maria Lima/);
    expect(address()).toBe(`${PAGE}?feature=payout`);
    expect(queriesOf(LOG).at(-1)?.get('feature')).toBe('payout');
  });

  it('says so when the server cannot be reached', async () => {
    renderApp(PAGE);
    expect(await screen.findByText(/The server could not be reached/)).toBeTruthy();
  });

  it('goes to sign in when signed out, and remembers the way back', async () => {
    const signedOut = refusal(401, 'AUTH_UNAUTHORIZED', 'Sign in first.');
    const { address } = renderApp(`${PAGE}?feature=payout`, { [`GET ${LOG}`]: signedOut });
    expect(await screen.findByLabelText('E-mail address')).toBeTruthy();
    const next = new URL(address(), 'http://x').searchParams.get('next');
    expect(next).toBe(`${PAGE}?feature=payout`);
  });
});

describe('the filters', () => {
  it('are chosen from menus with counts, and removed by their chips', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Feature' }));
    const payouts = await screen.findByRole('option', { name: /Payouts.*1,284/ });
    await userEvent.click(payouts);
    await waitFor(() => expect(address()).toBe(`${PAGE}?feature=payout`));
    await userEvent.keyboard('cust{Enter}{Escape}');
    await waitFor(() => expect(address()).toBe(`${PAGE}?feature=payout&feature=customer`));

    const remove = { name: 'Remove filter: Feature is Payouts or Customers' };
    await userEvent.click(await screen.findByRole('button', remove));
    await waitFor(() => expect(address()).toBe(PAGE));
  });

  it('take the pasted id of someone who is not in the team any more', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'User' }));
    await userEvent.keyboard('us_Gone00000009{Enter}');
    await waitFor(() => expect(address()).toBe(`${PAGE}?user_id=us_Gone00000009`));
  });

  it('take an entity from the field, which / reaches, and open a pasted entry', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.keyboard('/re_000000000009{Enter}');
    await waitFor(() => expect(address()).toBe(`${PAGE}?entity_id=re_000000000009`));
    await userEvent.paste(FIRST.id.replace('al_', 'AL_'));
    expect(await screen.findByRole('complementary')).toBeTruthy();
    expect(address()).toBe(`${PAGE}?entity_id=re_000000000009&entry=${FIRST.id}`);
  });

  it('are typed as those who know them do, and found by their names', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.keyboard('/operation:delete -feature:payouts user:bruno 4821{Enter}');
    await waitFor(() =>
      expect(address()).toBe(
        `${PAGE}?operation=delete&not_feature=payout&user_id=us_Bruno0000002&q=4821`,
      ),
    );
    expect(screen.getByRole('button', { name: 'Remove filter: Text is 4821' })).toBeTruthy();

    const field = screen.getByRole('combobox', { name: /^Filter/ });
    await userEvent.keyboard('colour:red{Enter}');
    expect(screen.getByRole('alert').textContent).toContain('There is no filter “colour”');
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('are led to in two steps: the key, then its value with its count', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.keyboard('f{ArrowDown}{Enter}');
    const field = screen.getByRole('combobox', { name: /^Filter/ }) as HTMLInputElement;
    expect(field.value).toBe('feature:');
    const payouts = await screen.findByRole('option', { name: /Payouts.*1,284/ });
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(field.getAttribute('aria-activedescendant')).toBe(payouts.id);
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe(`${PAGE}?feature=payout`));
    expect(document.activeElement).toBe(field);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('are cleared together when there are two or more', async () => {
    const { address } = renderApp(`${PAGE}?feature=payout&range=7d`, {
      [`GET ${LOG}`]: aPage([FIRST]),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Clear all' }));
    await waitFor(() => expect(address()).toBe(PAGE));
    expect(screen.queryByRole('button', { name: 'Clear all' })).toBeNull();
  });

  it('are made from any value of a row', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    const row = await rowOf(/Maria Lima/);
    await userEvent.click(within(row).getByRole('button', { name: 'Filter for this…' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: /Entity/ }));
    await waitFor(() => expect(address()).toBe(`${PAGE}?entity_id=re_000000000001`));
  });

  it('take fixed days', async () => {
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Time: All time' }));
    await userEvent.click(await screen.findByLabelText('UTC'));
    await userEvent.type(screen.getByLabelText('From, day'), '2026-11-20');
    await userEvent.type(screen.getByLabelText('To, day'), '2026-11-21');
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() =>
      expect(address()).toBe(`${PAGE}?start_date=2026-11-20&end_date=2026-11-21`),
    );
  });

  it('take days from the calendar, by keys alone', async () => {
    vi.useFakeTimers({ now: new Date('2026-11-24T12:00:00Z'), toFake: ['Date'] });
    const { address } = renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.keyboard('t');
    await userEvent.click(await screen.findByLabelText('UTC'));
    screen.getByRole('button', { name: 'Tuesday 24 November 2026' }).focus();
    await userEvent.keyboard('{PageUp}{PageUp}{End}{Enter}{ArrowDown}{Home}{Enter}');
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Monday 28 September 2026');
    const selected = screen.getAllByRole('gridcell', { selected: true });
    expect(selected.map((cell) => cell.textContent)).toEqual(['27', '28']);
    await userEvent.click(screen.getByRole('button', { name: 'Apply' }));
    await waitFor(() =>
      expect(address()).toBe(`${PAGE}?start_date=2026-09-27&end_date=2026-09-28`),
    );
  });
});

describe('the pane', () => {
  const answers = { [`GET ${LOG}`]: aPage([FIRST, SECOND, THIRD]) };

  it('shows the whole entry', async () => {
    renderApp(`${PAGE}?entry=${SECOND.id}`, answers);
    const pane = await screen.findByRole('complementary');
    await within(pane).findByRole('heading', { name: /Ana Souza was refused/ });
    for (const text of [
      'This was tried and refused. Nothing was changed.',
      'No passkey',
      '23 Nov 2026, 04:00:00.123',
      'country of the address block',
      'POST /v1/instances/{instance_id}/customers',
      'to_000000000001',
      'Changed. It is a secret, so its values are not kept.',
      'empty',
    ]) {
      expect(pane.textContent).toContain(text);
    }
    expect(within(pane).getByRole('row', { name: 'Role viewer admin' })).toBeTruthy();
  });

  it('says plainly what was erased', async () => {
    renderApp(`${PAGE}?entry=${THIRD.id}`, answers);
    const pane = await screen.findByRole('complementary');
    expect(await within(pane).findByText(/personal details of this entry are erased/)).toBeTruthy();
    // Its own words name nobody; other entries of the same actor may still have theirs.
    within(pane).getByRole('heading', {
      name: 'us_Ana000000001 created customer re_000000000001',
    });
  });

  it('is moved through by keys, and gives the focus back to its row', async () => {
    const { address } = renderApp(PAGE, answers);
    await rowOf(/Denied/);
    await userEvent.keyboard('j');
    await waitFor(() => expect(address()).toContain(FIRST.id));
    await userEvent.keyboard('j');
    await waitFor(() => expect(address()).toContain(SECOND.id));
    await userEvent.keyboard('{ArrowDown}');
    await waitFor(() => expect(address()).toContain(THIRD.id));
    await userEvent.keyboard('k');
    await waitFor(() => expect(address()).toContain(SECOND.id));
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(address()).toBe(PAGE));
    expect(document.activeElement?.id).toBe(`row-${SECOND.id}`);
  });

  it('goes on with the next page at the end of what is loaded', async () => {
    const { address } = renderApp(`${PAGE}?entry=${FIRST.id}`, {
      [`GET ${LOG}`]: (_request, url) =>
        url.searchParams.has('starting_after') ? aPage([SECOND]) : aPage([FIRST], FIRST.id),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Next entry (J)' }));
    await waitFor(() => expect(address()).toBe(`${PAGE}?entry=${SECOND.id}`));
  });

  it('fetches an entry that is not in the list', async () => {
    const other = anEntry({ id: 'al_0Zk000000009', entity_label: 'Someone else' });
    renderApp(`${PAGE}?entry=${other.id}`, { ...answers, [`GET ${LOG}/${other.id}`]: ok(other) });
    expect(await screen.findByRole('heading', { name: /Someone else/ })).toBeTruthy();
  });

  it('says so when there is no such entry', async () => {
    renderApp(`${PAGE}?entry=al_000000000000`, {
      ...answers,
      [`GET ${LOG}/al_000000000000`]: refusal(404, 'NOT_FOUND', 'There is no such entry.'),
    });
    expect(await screen.findByText(/This instance has no entry with the id/)).toBeTruthy();
  });

  it('leads to everything by the actor, and to the history of the entity', async () => {
    const { address } = renderApp(`${PAGE}?feature=customer&entry=${FIRST.id}`, answers);
    await userEvent.click(await screen.findByRole('button', { name: 'All entries by this actor' }));
    await waitFor(() =>
      expect(address()).toBe(`${PAGE}?user_id=us_Ana000000001&entry=${FIRST.id}`),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'History of this entity' }));
    await waitFor(() =>
      expect(address()).toBe(`${PAGE}?entity_id=re_000000000001&entry=${FIRST.id}`),
    );
  });
});

describe('accessibility', () => {
  it('has nothing that axe finds wrong, colours apart', async () => {
    renderApp(`${PAGE}?entry=${SECOND.id}&feature=customer`, {
      [`GET ${LOG}`]: aPage([FIRST, SECOND, THIRD]),
    });
    await rowOf(/Denied/);
    // jsdom draws nothing; contrast is looked at in a real browser.
    const { violations } = await axe.run(document.body, {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

describe('following the log', () => {
  const NEW = anEntry({ id: 'al_0Zk000000009', entity_label: 'New customer', sequence: 8 });

  /** A log of eight entries, which tells of the ninth when it is asked past them. */
  function withNews() {
    return {
      [`GET ${LOG}`]: aPage([FIRST, SECOND]),
      [`GET ${LOG}/checkpoints`]: ok({ size: 8, checkpoint: 'x', consistency: null }),
      [`GET ${LOG}/feed`]: (_request: Request, url: URL) =>
        url.searchParams.get('after') === '7'
          ? ok({ data: [NEW], cursor: 8, checkpoint: null })
          : ok({ data: [], cursor: 8, checkpoint: null }),
    };
  }

  it('is switched on by L, begins where the list lacks nothing, and lets new entries in', async () => {
    const { address, queriesOf } = renderApp(`${PAGE}?feature=customer`, withNews());
    await rowOf(/Maria Lima/);
    await userEvent.keyboard('l');
    await rowOf(/New customer/);
    expect(address()).toBe(`${PAGE}?feature=customer&live=1`);
    expect(screen.getByRole('button', { name: 'Live' }).getAttribute('aria-pressed')).toBe('true');
    expect(queriesOf(`${LOG}/feed`)[0]?.toString()).toBe(
      'feature=customer&include=denied%2Csystem&after=7&limit=1000&wait=20',
    );
    // Once before, and once after the place in the sequence was known.
    expect(queriesOf(LOG)).toHaveLength(2);
    expect(screen.getByRole('status').textContent).toBe('1 new entry');
  });

  it('moves nothing while an entry is open', async () => {
    renderApp(`${PAGE}?live=1&entry=${FIRST.id}`, withNews());
    const pane = await screen.findByRole('complementary');
    const show = await screen.findByRole('button', { name: '1 new entry' });
    expect(screen.queryByRole('row', { name: /New customer/ })).toBeNull();
    expect(within(pane).getByRole('heading', { level: 2 }).textContent).toContain('Maria Lima');
    await userEvent.click(show);
    await rowOf(/New customer/);
    expect(within(pane).getByRole('heading', { level: 2 }).textContent).toContain('Maria Lima');
    expect(screen.queryByRole('button', { name: '1 new entry' })).toBeNull();
  });

  it('says why nothing comes in, and tries again', async () => {
    let down = true;
    const answers = withNews();
    renderApp(`${PAGE}?live=1`, {
      ...answers,
      [`GET ${LOG}/feed`]: (request, url) =>
        down ? refusal(500, 'INTERNAL', 'It broke.') : answers[`GET ${LOG}/feed`](request, url),
    });
    expect(await screen.findByText(/New entries do not come in: It broke/)).toBeTruthy();
    down = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try now' }));
    await rowOf(/New customer/);
    expect(screen.queryByText(/New entries do not come in/)).toBeNull();
  });

  it('has nothing to follow where the time has an end', async () => {
    const { address, queriesOf } = renderApp(`${PAGE}?end_date=2026-11-21`, withNews());
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Live' }));
    expect(address()).toBe(`${PAGE}?end_date=2026-11-21`);
    expect(queriesOf(`${LOG}/feed`)).toHaveLength(0);
  });
});

describe('the integrity of an entry', () => {
  const entry = anEntry({ ...(record as Partial<Entry>), sequence: 613 });
  const address = `${PAGE}?entry=${entry.id}`;

  async function integrity(proof: Answer) {
    renderApp(address, {
      [`GET ${LOG}`]: aPage([entry]),
      [`GET ${LOG}/${entry.id}/proof`]: proof,
    });
    const heading = await screen.findByRole('heading', { name: 'Integrity' });
    return heading.parentElement as HTMLElement;
  }

  it('is checked in the browser', async () => {
    const section = await integrity(ok(proofs.at(-1)));
    expect(
      await within(section).findByText(/checked in this browser: the record is unchanged/),
    ).toBeTruthy();
    expect(section.textContent).toContain('613, counted from 0');
    expect(section.textContent).toContain('of 1,000 entries');
  });

  it('is said not to hold where the proof is of something else', async () => {
    const section = await integrity(ok({ ...proofs.at(-1), sequence: 612 }));
    expect(await within(section).findByText(/The proof does not hold/)).toBeTruthy();
  });

  it('is asked for once the entry is sealed', async () => {
    const waiting = { ...entry, sequence: null };
    const { queriesOf } = renderApp(address, {
      [`GET ${LOG}`]: aPage([waiting]),
      [`GET ${LOG}/${entry.id}`]: ok(waiting),
    });
    expect(await screen.findByText(/Not sealed yet/)).toBeTruthy();
    await waitFor(() => expect(queriesOf(`${LOG}/${entry.id}`)).toHaveLength(1));
    expect(queriesOf(`${LOG}/${entry.id}/proof`)).toHaveLength(0);
  });

  it('is said to be open before the entry is sealed', async () => {
    const section = await integrity(refusal(409, 'AUDIT_LOGS_NOT_PROVED_YET', 'Not yet.'));
    expect(await within(section).findByText(/Not sealed yet/)).toBeTruthy();
  });
});

it('shows what the evidence of a passkey proves', async () => {
  const entry = anEntry({ has_passkey: true });
  renderApp(`${PAGE}?entry=${entry.id}`, {
    [`GET ${LOG}`]: aPage([entry]),
    [`GET ${LOG}/${entry.id}/verification`]: ok({
      id: entry.id,
      result: 'does_not_hold',
      explanation: 'Its evidence does not hold.',
      problems: ['The signature is of another key.'],
    }),
  });
  expect(await screen.findByText(/Its evidence does not hold/)).toBeTruthy();
  expect(screen.getByText('The signature is of another key.')).toBeTruthy();
});

describe('saved views', () => {
  const VIEWS = `/v1/instances/${INSTANCE}/audit-log-views`;
  const kept = { id: 'av_000000000001', name: 'Deletions', query: 'operation=delete&range=30d' };

  it('are opened by name, and the one that is looked at is marked', async () => {
    const { address } = renderApp(`${PAGE}?entry=${FIRST.id}`, {
      [`GET ${LOG}`]: aPage([FIRST]),
      [`GET ${VIEWS}`]: ok([kept]),
    });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Deletions' }));
    await waitFor(() =>
      expect(address()).toBe(`${PAGE}?operation=delete&range=30d&entry=${FIRST.id}`),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'View: Deletions' }));
    const item = await screen.findByRole('menuitemradio', { name: 'Deletions' });
    expect(item.getAttribute('aria-checked')).toBe('true');
    expect(screen.getByRole('menuitem', { name: 'Rename this view…' })).toBeTruthy();
  });

  it('are made of the filters as they are, and not of the open entry', async () => {
    const bodies: unknown[] = [];
    renderApp(`${PAGE}?feature=payout&live=1&entry=${FIRST.id}`, {
      [`GET ${LOG}`]: aPage([FIRST]),
      [`GET ${VIEWS}`]: ok([kept]),
      [`POST ${VIEWS}`]: (request) => {
        request.json().then((body) => bodies.push(body));
        return ok({ success: true, id: 'av_000000000002' });
      },
    });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Save these filters…' }));
    await userEvent.type(await screen.findByLabelText('Name'), 'Payouts{Enter}');
    await waitFor(() => expect(bodies).toEqual([{ name: 'Payouts', query: 'feature=payout' }]));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});

describe('what the list looks like', () => {
  it('is chosen by column and by the height of rows, and remembered', async () => {
    renderApp(PAGE, { [`GET ${LOG}`]: aPage([FIRST]) });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Columns and rows' }));
    await userEvent.click(await screen.findByRole('menuitemcheckbox', { name: 'Location' }));
    await userEvent.click(screen.getByRole('menuitemcheckbox', { name: 'Feature' }));
    await userEvent.click(screen.getByRole('menuitemradio', { name: 'Comfortable' }));
    await userEvent.keyboard('{Escape}');
    const table = screen.getByRole('table', { name: /^Audit log entries/ });
    const heads = within(table)
      .getAllByRole('columnheader')
      .map((head) => head.textContent);
    expect(heads.slice(1)).toEqual(['Actor', 'Action', 'Feature', 'Entity', 'Filter for this']);
    expect(table.dataset.density).toBe('comfortable');
    expect(window.localStorage.getItem('deedbook.columns')).toBe('actor,entity,feature');
  });
});

describe('an export', () => {
  const EXPORT = `${LOG}/export`;

  it('is of what the filters show, in the format that was chosen, and is kept as a file', async () => {
    const kept: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(
      this: HTMLAnchorElement,
    ) {
      kept.push(this.download);
    });
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x' }));
    const { queriesOf } = renderApp(`${PAGE}?feature=payout`, {
      [`GET ${LOG}`]: aPage([FIRST]),
      [`GET ${EXPORT}`]: ok({ some: 'bytes' }),
    });
    await rowOf(/Maria Lima/);
    await userEvent.keyboard('e');
    const dialog = await screen.findByRole('dialog', { name: 'Export' });
    expect(dialog.textContent).toContain('Everything that the filters show: 3 entries');
    await userEvent.click(within(dialog).getByRole('radio', { name: /^Evidence pack/ }));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Export' }));
    await waitFor(() => expect(kept).toEqual(['audit-log.zip']));
    const [query] = queriesOf(EXPORT);
    expect([query?.get('format'), query?.get('feature')]).toEqual(['pack', 'payout']);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why there is none', async () => {
    renderApp(PAGE, {
      [`GET ${LOG}`]: aPage([FIRST]),
      [`GET ${EXPORT}`]: refusal(429, 'AUDIT_LOGS_TOO_MANY_EXPORTS', 'Two are under way.'),
    });
    await rowOf(/Maria Lima/);
    await userEvent.click(screen.getByRole('button', { name: 'Export…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Two are under way.');
  });
});

it('says who is not there any more, and asks for a proxy where all came from one', async () => {
  const same = Array.from({ length: 8 }, (_, number) =>
    anEntry({ id: `al_0Zk00000010${number}`, ip_address: '10.0.0.7' }),
  );
  renderApp(`${PAGE}?entry=${same[0]?.id}`, { [`GET ${LOG}`]: aPage(same) });
  expect(await screen.findByText('not in the team any more')).toBeTruthy();
  expect(screen.getAllByText('removed')).toHaveLength(8);
  await userEvent.click(await screen.findByRole('button', { name: 'That is right' }));
  expect(screen.queryByText(/a private address/)).toBeNull();
});
