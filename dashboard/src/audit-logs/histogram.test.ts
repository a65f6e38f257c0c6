import { describe, expect, it } from 'vitest';
import type { Histogram } from '../api/types';
import { countOf, heightsOf, rangeOf, titleOf } from './histogram';

const HOURLY: Histogram = {
  data: [
    { start: '2026-11-23T03:00:00Z', counts: { create: 3, update: 1, delete: 0 } },
    { start: '2026-11-23T04:00:00Z', counts: {} },
    { start: '2026-11-23T05:00:00Z', counts: { delete: 2, create: 6 } },
  ],
  width_seconds: 3600,
  approximate: false,
};
const NOW = new Date('2026-11-25T12:00:00Z');

describe('a bar', () => {
  it('is stacked in one order, whatever the order of the counts', () => {
    const [first, second, third] = HOURLY.data;
    expect(first && heightsOf(first, 8)).toEqual([
      ['create', 37.5],
      ['update', 12.5],
    ]);
    expect(second && heightsOf(second, 8)).toEqual([]);
    expect(third && heightsOf(third, 8)).toEqual([
      ['create', 75],
      ['delete', 25],
    ]);
  });

  it('counts every operation, one that nobody knows as well', () => {
    expect(countOf({ start: '', counts: { create: 1, merge: 4 } })).toBe(5);
    expect(heightsOf({ start: '', counts: { merge: 5 } }, 5)).toEqual([['merge', 100]]);
  });
});

describe('a stretch of bars', () => {
  it('is a half-open range, whichever way it was drawn', () => {
    const range = { start_date: '2026-11-23T03:00:00Z', end_date: '2026-11-23T05:00:00Z' };
    expect(rangeOf(HOURLY, 0, 1)).toEqual(range);
    expect(rangeOf(HOURLY, 1, 0)).toEqual(range);
  });

  it('is nothing where there is no bar', () => {
    expect(rangeOf(HOURLY, 0, 7)).toEqual({});
  });
});

describe('the title of a bar', () => {
  it('says the hours', () => {
    const [first] = HOURLY.data;
    expect(first && titleOf(HOURLY, first, 'utc', NOW)).toBe('Mon 23 Nov 03:00:00 – 04:00:00');
  });

  it('says the days where it is longer than one', () => {
    const [first] = HOURLY.data;
    const week = { ...HOURLY, width_seconds: 7 * 86_400 };
    const day = { ...HOURLY, width_seconds: 86_400 };
    const at = { start: '2026-11-16T00:00:00Z', counts: {} };
    expect(first && titleOf(week, at, 'utc', NOW)).toBe('Mon 16 Nov – Sun 22 Nov');
    expect(titleOf(day, at, 'utc', NOW)).toBe('Mon 16 Nov');
  });
});
