import { expect, test } from 'vitest';
import { fits } from './fields';

const IBAN = '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$';

test.each([
  ['DE89370400440532013000', true],
  // As it stands on paper.
  ['de89 3704 0044 0532 0130 00', true],
  ['DE8', false],
  ['DE89-3704-0044-0532-0130-00', false],
])('%s as an IBAN: %s', (text, right) => {
  expect(fits(text, IBAN)).toBe(right);
});

test('small letters count where the form has them', () => {
  expect(fits('ana@example.com', '^[^@\\s]+@[^@\\s]+\\.[^@\\s]+$')).toBe(true);
});
