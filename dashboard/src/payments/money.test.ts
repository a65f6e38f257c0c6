import { describe, expect, test } from 'vitest';
import { AMOUNT_PATTERN, decimal, minorUnits, money, units, written } from './money';

describe('amounts that people read', () => {
  test.each([
    [0, '0.00'],
    [5, '0.05'],
    [50, '0.50'],
    [123456, '1,234.56'],
    [100_000_000_000, '1,000,000,000.00'],
    [Number.MAX_SAFE_INTEGER, '90,071,992,547,409.91'],
    [-7, '−0.07'],
  ])('%d minor units are %s', (minor, text) => {
    expect(decimal(minor)).toBe(text);
  });

  test('have their currency behind them', () => {
    expect(money(31719, 'BRL')).toBe('317.19 BRL');
  });

  test.each([
    [1_000_000, '1,000,000'],
    [0.1, '0.1'],
    [0.0000001, '0.0000001'],
    [12345.678901, '12,345.678901'],
  ])('units of a token keep all decimals of %d', (amount, text) => {
    expect(units(amount)).toBe(text);
  });
});

describe('amounts that people write', () => {
  test.each([
    ['0', 0],
    ['1', 100],
    ['1.1', 110],
    ['1.10', 110],
    ['0.29', 29],
    // Where multiplying would give 113.99999999999999.
    ['1.14', 114],
    ['999999999999.99', 99_999_999_999_999],
  ])('%s is %d minor units', (text, minor) => {
    expect(minorUnits(text)).toBe(minor);
  });

  test.each(['', '-1', '1.', '.5', '1.234', '1,5', '1e3', '1234567890123', '١'])(
    '%s is none',
    (text) => {
      expect(minorUnits(text)).toBeNull();
      expect(new RegExp(`^(?:${AMOUNT_PATTERN})$`, 'v').test(text)).toBe(false);
    },
  );

  test('come back as they were written', () => {
    expect(minorUnits(written(123456))).toBe(123456);
  });
});
