import { describe, expect, it } from 'vitest';
import { describeDates, fromApiDate, toApiDate } from './dates';

// The tests run in São Paulo (vite.config.ts), three hours behind UTC.
const day = (date: string, time = '') => ({ date, time });

describe('fields to the API', () => {
  it('sends a whole UTC day as it stands, at both ends', () => {
    expect(toApiDate(day('2026-11-20'), 'start', 'utc')).toBe('2026-11-20');
    expect(toApiDate(day('2026-11-20'), 'end', 'utc')).toBe('2026-11-20');
  });

  it('sends a whole local day as the instants of its two midnights', () => {
    expect(toApiDate(day('2026-11-20'), 'start', 'local')).toBe('2026-11-20T03:00:00Z');
    expect(toApiDate(day('2026-11-20'), 'end', 'local')).toBe('2026-11-21T03:00:00Z');
  });

  it('sends a time as that instant', () => {
    expect(toApiDate(day('2026-11-20', '14:30'), 'start', 'utc')).toBe('2026-11-20T14:30:00Z');
    expect(toApiDate(day('2026-11-20', '14:30:05'), 'end', 'local')).toBe('2026-11-20T17:30:05Z');
  });

  it('sends nothing for an empty end', () => {
    expect(toApiDate(day(''), 'start', 'utc')).toBeUndefined();
  });
});

describe('the API to fields', () => {
  it.each(['utc', 'local'] as const)('gives back what was put in (%s)', (zone) => {
    for (const side of ['start', 'end'] as const) {
      for (const moment of [day('2026-11-20'), day('2026-02-28', '14:30'), day('2026-12-31')]) {
        expect(fromApiDate(toApiDate(moment, side, zone), side, zone)).toEqual(moment);
      }
    }
  });

  it('shows a UTC day by the local clock when that is chosen', () => {
    expect(fromApiDate('2026-11-20', 'start', 'local')).toEqual(day('2026-11-19', '21:00'));
    expect(fromApiDate('2026-11-20', 'end', 'local')).toEqual(day('2026-11-20', '21:00'));
  });

  it('leaves the fields empty for what is no date', () => {
    expect(fromApiDate('yesterday', 'start', 'utc')).toEqual(day(''));
  });
});

describe('the dates in words', () => {
  it.each([
    [{}, 'All time'],
    [{ range: '7d' }, 'Last 7 days'],
    [{ range: 'lately' }, 'lately'],
    [{ start_date: '2026-11-20', end_date: '2026-11-20' }, '20 Nov 2026'],
    [{ start_date: '2026-11-20', end_date: '2026-11-22' }, '20 Nov 2026 – 22 Nov 2026'],
    [{ start_date: '2026-11-20T14:30:00Z' }, 'From 20 Nov 2026, 14:30'],
    [{ end_date: '2026-11-20' }, 'Until 20 Nov 2026'],
    [{ start_date: 'never' }, 'From never'],
  ])('%o is %s', (search, words) => {
    expect(describeDates(search, 'utc')).toBe(words);
  });
});
