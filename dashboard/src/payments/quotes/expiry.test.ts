import { expect, test } from 'vitest';
import { countdown, localExpiry, secondsLeft } from './expiry';

const ANSWERED = 'Tue, 24 Nov 2026 12:00:00 GMT';
const EXPIRES = Date.parse('2026-11-24T12:05:00Z');

test.each([
  ['right', 0],
  ['an hour ahead', 3_600_000],
  ['a day behind', -86_400_000],
])('a quote of five minutes is good for about five, by a clock that is %s', (_, wrong) => {
  const now = Date.parse(ANSWERED) + wrong;
  const left = secondsLeft(localExpiry(EXPIRES, ANSWERED, now), now);
  // Never longer than the server takes it for.
  expect(left).toBeLessThanOrEqual(300);
  expect(left).toBeGreaterThanOrEqual(299);
});

test('without a time of the answer the own clock has to do', () => {
  expect(localExpiry(EXPIRES, null, 0)).toBe(EXPIRES);
});

test('an expired quote has no seconds left', () => {
  expect(secondsLeft(EXPIRES, EXPIRES - 1)).toBe(0);
  expect(secondsLeft(EXPIRES, EXPIRES + 60_000)).toBe(0);
});

test('seconds are counted down as minutes and seconds', () => {
  expect(countdown(245)).toBe('4:05');
  expect(countdown(59)).toBe('0:59');
});
