import { describe, expect, it } from 'vitest';
import { type Choice, readTyped, tokensOf } from './typed';

const CHOICES: Choice[] = [
  { key: 'feature', value: 'payin', label: 'Payins' },
  { key: 'feature', value: 'payout', label: 'Payouts' },
  { key: 'feature', value: 'bank_account', label: 'Bank accounts' },
  { key: 'operation', value: 'create', label: 'Create' },
  { key: 'operation', value: 'delete', label: 'Delete' },
  { key: 'user_id', value: 'us_Anna00000001', label: 'Anna Prado', hint: 'anna@example.com' },
  { key: 'user_id', value: 'us_Hanna0000002', label: 'Hanna Lee', hint: 'hl@example.com' },
  { key: 'user_id', value: 'us_Back00000003', label: 'Backer Smith', hint: 'b@example.com' },
  { key: 'api_key_id', value: 'ap_Backend00001', label: 'Backend', hint: 'dk_live_Ab3d' },
  { key: 'actor_type', value: 'system', label: 'System' },
];

/** What was typed, as the address would have it. */
function read(text: string) {
  const typed = readTyped(text, CHOICES);
  if (typeof typed === 'string') return typed;
  const filters = typed.filters.flatMap(({ key, values }) =>
    values.map((each) => `${key}=${each}`),
  );
  return [...filters, ...(typed.entry ? [`entry=${typed.entry}`] : [])].join('&');
}

describe('what is typed', () => {
  it.each([
    ['operation:delete', 'operation=delete'],
    ['operation:del -feature:payin', 'operation=delete&not_feature=payin'],
    ['not feature:payins', 'not_feature=payin'],
    ['feature:pay', 'feature=payin&feature=payout'],
    ['Feature: "bank accounts"', 'feature=bank_account'],
    ['feature:bank', 'feature=bank_account'],
    ['feature:accounts', 'feature=bank_account'],
    ['user:anna', 'user_id=us_Anna00000001'],
    ['user:hl@example.com', 'user_id=us_Hanna0000002'],
    ['user:us_Gone00000009', 'user_id=us_Gone00000009'],
    ['user_id:hanna', 'user_id=us_Hanna0000002'],
    ['key:dk_live_Ab3d', 'api_key_id=ap_Backend00001'],
    ['actor:system', 'actor_type=system'],
    ['actor:hanna', 'user_id=us_Hanna0000002'],
    ['actor:ap_Gone00000009', 'api_key_id=ap_Gone00000009'],
    ['entity:inv/2026-04', 'entity_id=inv/2026-04'],
    ['-entity:ba_000000000001', 'not_entity_id=ba_000000000001'],
    [
      'ref:re_000000000001 country:br ip:200.160.0.8',
      'ref_id=re_000000000001&country=BR&ip_address=200.160.0.8',
    ],
  ])('%s asks for %s', (text, query) => expect(read(text)).toBe(query));

  it.each([
    ['us_Anna00000001', 'user_id=us_Anna00000001'],
    [' AP_Backend00001 ', 'api_key_id=ap_Backend00001'],
    ['re_000000000001 BA_000000000002', 'entity_id=re_000000000001&entity_id=ba_000000000002'],
    ['not re_000000000001', 'not_entity_id=re_000000000001'],
    ['AL_0Zk000000001', 'entry=al_0Zk000000001'],
  ])('%s is known by its form', (text, query) => expect(read(text)).toBe(query));

  it.each([
    ['4821', 'q=4821'],
    ['itaú  operation:delete 4821', 'operation=delete&q=itaú 4821'],
    ['"operation:delete"', 'q=operation:delete'],
    ['nothing', 'q=nothing'],
    ['a-b', 'q=a-b'],
    ['', ''],
  ])('%s is searched for where it is none of these', (text, query) =>
    expect(read(text)).toBe(query),
  );

  it.each([
    ['operation:burn', 'Nothing is called “burn” where “operation” is asked for.'],
    ['operation:', '“operation:” needs a value.'],
    ['-4821', 'The log can be searched for “4821”, but not for all without it.'],
    ['-country:BR', 'The log can be searched for “BR”, but not for all without it.'],
    ['actor:back', '“back” fits actors of several types: choose one of the list.'],
    ['-al_0Zk000000001', 'One entry cannot be left out.'],
  ])('%s is refused', (text, problem) => expect(read(text)).toBe(problem));

  it('names the filters that there are where another is asked for', () => {
    expect(read('colour:red')).toMatch(
      /^There is no filter “colour”. There are: feature, operation/,
    );
  });

  it('knows where its last part begins', () => {
    expect(tokensOf('operation:delete -feature:').at(-1)).toEqual({
      not: true,
      word: 'feature',
      value: '',
      start: 17,
    });
  });
});
