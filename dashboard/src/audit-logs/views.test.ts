import { expect, it } from 'vitest';
import type { AuditLogSearch } from './search';
import { fromViewQuery, isSame, toViewQuery } from './views';

const SEARCH: AuditLogSearch = {
  feature: ['payout', 'payin'],
  q: ['São Paulo & more'],
  range: '7d',
  entry: 'al_0Zk000000001',
  live: '1',
};

it('keeps what is asked, in letters that any address can have', () => {
  const query = toViewQuery(SEARCH);
  expect(query).toMatch(/^[!-~]*$/);
  expect(fromViewQuery(query)).toEqual({
    feature: ['payout', 'payin'],
    q: ['São Paulo & more'],
    range: '7d',
  });
  expect(toViewQuery({ entry: 'al_0Zk000000001' })).toBe('');
});

it('is the same in any order, and with another entry open', () => {
  const same = fromViewQuery('range=7d&q=S%C3%A3o+Paulo+%26+more&feature=payin&feature=payout');
  expect(isSame(SEARCH, same)).toBe(true);
  expect(isSame(SEARCH, { ...same, feature: ['payin'] })).toBe(false);
  expect(isSame({}, same)).toBe(false);
});
