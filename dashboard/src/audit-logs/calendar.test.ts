import { describe, expect, it } from 'vitest';
import { addDays, addMonths, chosen, isWithin, moved, weeksOf } from './calendar';

describe('days', () => {
  it.each([
    ['2026-11-30', 1, '2026-12-01'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-29', 1, '2026-03-30'],
  ])('%s and %i is %s', (day, count, other) => expect(addDays(day, count)).toBe(other));

  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-24', 2, '2027-01-24'],
    ['2028-02-29', 12, '2029-02-28'],
  ])('%s and %i months is %s', (day, count, other) => expect(addMonths(day, count)).toBe(other));

  it('of a month stand below their weekday, Monday first', () => {
    const weeks = weeksOf('2026-11-24');
    expect(weeks).toHaveLength(6);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks[5]?.[0]).toBe('2026-11-30');
    expect(weeksOf('2027-02-14').flat().filter(Boolean)).toHaveLength(28);
    expect(weeksOf('2027-02-14')).toHaveLength(4);
  });

  it.each([
    ['ArrowLeft', '2026-11-30'],
    ['ArrowRight', '2026-12-02'],
    ['ArrowUp', '2026-11-24'],
    ['ArrowDown', '2026-12-08'],
    ['Home', '2026-11-30'],
    ['End', '2026-12-06'],
    ['PageUp', '2026-11-01'],
    ['PageDown', '2027-01-01'],
    ['x', null],
  ])('are moved through by %s', (key, day) => expect(moved('2026-12-01', key, false)).toBe(day));

  it('are a year away with Shift', () => {
    expect(moved('2026-12-01', 'PageUp', true)).toBe('2025-12-01');
  });
});

describe('a range', () => {
  const none = { start: '', end: '' };
  const open = chosen(none, '2026-11-20');

  it('is chosen by its two ends in any order, and then anew', () => {
    expect(open).toEqual({ start: '2026-11-20', end: '' });
    const whole = { start: '2026-11-18', end: '2026-11-20' };
    expect(chosen(open, '2026-11-18')).toEqual(whole);
    expect(chosen({ start: '2026-11-18', end: '' }, '2026-11-20')).toEqual(whole);
    expect(chosen(whole, '2026-11-03')).toEqual({ start: '2026-11-03', end: '' });
    expect(chosen(open, '2026-11-20')).toEqual({ start: '2026-11-20', end: '2026-11-20' });
  });

  it('holds both its ends', () => {
    const range = { start: '2026-11-18', end: '2026-11-20' };
    const within = ['17', '18', '19', '20', '21'].map((day) => isWithin(range, `2026-11-${day}`));
    expect(within).toEqual([false, true, true, true, false]);
    expect(isWithin(open, '2026-11-20')).toBe(true);
    expect(isWithin(open, '2026-11-21')).toBe(false);
  });
});
