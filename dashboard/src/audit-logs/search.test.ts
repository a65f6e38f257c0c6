import { describe, expect, it } from 'vitest';
import { parseSearchParams, stringifySearchParams } from '../search-params';
import {
  asked,
  filtersOf,
  isLive,
  rangeTitle,
  readSearch,
  toApiQuery,
  withAsked,
  withDates,
  withEntry,
  withFilter,
  withLive,
  withMore,
} from './search';

const NOW = new Date('2026-11-23T12:00:00Z');

function read(text: string) {
  return readSearch(parseSearchParams(text));
}

describe('the address of the page', () => {
  it.each([
    '',
    '?feature=payout',
    '?feature=payout&feature=bank_account&operation=delete&actor_type=api_key',
    '?user_id=us_Ana000000001&api_key_id=ap_Backend00001&entity_id=re_000000000001',
    '?range=7d&entry=al_0Zk000000001',
    '?start_date=2026-11-20&end_date=2026-11-21T14:30:00Z',
    '?not_feature=payin&outcome=denied',
    '?entity_id=a+b%26c%3Dd%23%E2%80%AE',
  ])('reads and writes %s the same', (text) => {
    expect(stringifySearchParams(read(text))).toBe(text);
  });

  it('takes a repeated value once', () => {
    expect(read('?feature=payout&feature=payout').feature).toEqual(['payout']);
  });

  it('takes one entry and one range however often they are given', () => {
    expect(read('?entry=al_1&entry=al_2&range=7d&range=1h')).toEqual({
      entry: 'al_1',
      range: '7d',
    });
  });

  it('prefers fixed times to a range up to now', () => {
    expect(read('?range=7d&start_date=2026-11-20')).toEqual({ start_date: '2026-11-20' });
  });

  it('keeps no cursor', () => {
    expect(read('?starting_after=al_1&limit=10&offset=5&include=system')).toEqual({});
  });

  it('reads numbers and JSON as the text they are', () => {
    expect(read('?entity_id=42&feature=%5B%22payout%22%5D')).toEqual({
      entity_id: ['42'],
      feature: ['["payout"]'],
    });
  });
});

describe('the query of the API', () => {
  it('has the same keys, and always denied and system acts', () => {
    expect(toApiQuery(read('?feature=payout&feature=payin&entry=al_1'), NOW)).toEqual({
      feature: ['payout', 'payin'],
      include: 'denied,system',
    });
  });

  it('turns a range into the instant it starts at', () => {
    expect(toApiQuery(read('?range=24h'), NOW)).toEqual({
      start_date: '2026-11-22T12:00:00.000Z',
      include: 'denied,system',
    });
  });

  it('hands on what it does not know, for the API to refuse', () => {
    expect(toApiQuery(read('?featur=payout&range=lately&start_date'), NOW)).toMatchObject({
      featur: ['payout'],
      start_date: '',
    });
    expect(toApiQuery(read('?range=lately'), NOW)).toMatchObject({ range: 'lately' });
  });
});

describe('changes of the search', () => {
  const search = read('?outcome=denied&entity_id=re_1&feature=payout&range=7d&entry=al_1');

  it('lists the filters with a menu first', () => {
    expect(filtersOf(search).map(([key]) => key)).toEqual(['feature', 'entity_id', 'outcome']);
  });

  it('sets and removes one filter', () => {
    expect(withFilter(search, 'feature', ['payin']).feature).toEqual(['payin']);
    expect(withFilter(search, 'feature', [])).not.toHaveProperty('feature');
  });

  it('adds to a filter, but searches for one thing at a time', () => {
    const more = withMore(search, { key: 'feature', values: ['payout', 'payin'] });
    expect(more.feature).toEqual(['payout', 'payin']);
    const first = withMore(search, { key: 'q', values: ['4821'] });
    expect(withMore(first, { key: 'q', values: ['Prado'] }).q).toEqual(['Prado']);
  });

  it('sets and removes the dates', () => {
    expect(withDates(search, { start_date: '2026-11-20' })).not.toHaveProperty('range');
    expect(withDates(search, {})).not.toHaveProperty('range');
  });

  it('opens and closes an entry', () => {
    expect(withEntry(search, 'al_2').entry).toBe('al_2');
    expect(withEntry(search, undefined)).not.toHaveProperty('entry');
  });

  it('asks for something else, and leaves open what is open', () => {
    expect(withAsked(withLive(search, true), { range: '1h', entry: 'al_9' })).toEqual({
      range: '1h',
      entry: 'al_1',
      live: '1',
    });
    expect(asked(withLive(search, true))).toEqual(withEntry(search, undefined));
  });

  it('follows the log, but not one with an end', () => {
    expect(isLive(read('?live=1&range=7d'))).toBe(true);
    expect(isLive(read('?live=1&end_date=2026-11-21'))).toBe(false);
    expect(isLive(withLive(read('?live=1'), false))).toBe(false);
  });
});

describe('a range in words', () => {
  it.each([
    ['1h', 'Last hour'],
    ['24h', 'Last 24 hours'],
    ['1d', 'Last day'],
    ['90d', 'Last 90 days'],
    ['0d', null],
    ['7w', null],
    ['', null],
  ])('%s is %s', (range, title) => {
    expect(rangeTitle(range)).toBe(title);
  });
});
