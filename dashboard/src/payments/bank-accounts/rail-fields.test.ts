import { describe, expect, test } from 'vitest';
import type { BankField } from './queries';
import { askedFields, isRequired } from './rail-fields';

const NAME = field({ key: 'name', label: 'Name of this account' });
const COUNTRY = field({
  key: 'country',
  label: 'Country of the holder',
  items: [
    { label: 'BR', value: 'BR', is_active: true },
    { label: 'SU', value: 'SU', is_active: false },
  ],
});
const PHONE = field({
  key: 'phone_number',
  label: 'Telephone number',
  required: false,
  requiredWhen: { field: 'country', operator: 'in', values: ['BR', 'CO'] },
});
const FLAT = field({ key: 'address_line_2', label: 'Flat', required: false });

test('what only some choices ask for is not there before', () => {
  const names = (values: Record<string, string>) =>
    askedFields([NAME, COUNTRY, PHONE, FLAT], values).map(({ name }) => name);
  expect(names({})).toEqual(['name', 'country', 'address_line_2']);
  expect(names({ country: 'DE' })).toEqual(['name', 'country', 'address_line_2']);
  expect(names({ country: 'BR' })).toEqual(['name', 'country', 'phone_number', 'address_line_2']);
});

describe('when a field is required', () => {
  test.each([
    ['in', 'BR', true],
    ['eq', 'BR', true],
    ['in', 'DE', false],
    ['notIn', 'DE', true],
    ['notEq', 'BR', false],
    ['notIn', undefined, false],
  ] as const)('%s %s: %s', (operator, country, required) => {
    const requiredWhen = { field: 'country', operator, values: ['BR', 'CO'] };
    expect(isRequired({ ...PHONE, requiredWhen }, { country })).toBe(required);
  });

  test('always, whatever else is chosen', () => {
    expect(isRequired(NAME, {})).toBe(true);
    expect(isRequired(FLAT, {})).toBe(false);
  });
});

test('choices show countries by name, and those alone that can be chosen', () => {
  const [country] = askedFields([COUNTRY], {});
  expect(country).toMatchObject({ kind: 'choice', options: [{ value: 'BR', label: 'Brazil' }] });
});

function field(given: Partial<BankField> & Pick<BankField, 'key' | 'label'>): BankField {
  return { regex: '', required: true, items: null, requiredWhen: null, ...given };
}
