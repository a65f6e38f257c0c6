import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../test/entries';
import { chipsOf, conditionsOf } from './chips';
import { CatalogueWords } from './words';

const words = new CatalogueWords(CATALOGUE);
const say = (key: string, value: string) =>
  value === 'us_Ana000000001' ? 'Ana Souza' : words.value(key, value);

describe('chips', () => {
  it('read as words', () => {
    const chips = chipsOf(
      {
        feature: ['payout', 'bank_account'],
        actor_type: ['api_key'],
        user_id: ['us_Ana000000001'],
        not_operation: ['delete'],
        has_passkey: ['true'],
        range: '7d',
        entry: 'al_1',
      },
      say,
    );
    expect(chips.map(({ title, verb, text }) => `${title} ${verb} ${text}`)).toEqual([
      'Feature is Payouts or Bank accounts',
      'Actor type is API key',
      'User is Ana Souza',
      'Operation is not Delete',
      'Passkey is confirmed',
    ]);
  });

  it('show what nobody knows as it stands', () => {
    expect(chipsOf({ featur: ['payout'], entity_id: ['\u202Ere_1', ''] }, say)).toMatchObject([
      { title: 'Entity', text: '‹U+202E›re_1 or (empty)' },
      { title: 'featur', verb: 'is', text: 'payout' },
    ]);
  });
});

describe('conditions', () => {
  it('give the search without each of them, the dates included', () => {
    const search = { operation: ['delete'], range: '24h', entry: 'al_1' };
    expect(conditionsOf(search, say, 'utc')).toEqual([
      { key: 'operation', text: 'Operation is Delete', without: { range: '24h', entry: 'al_1' } },
      {
        key: 'dates',
        text: 'Time is Last 24 hours',
        without: { operation: ['delete'], entry: 'al_1' },
      },
    ]);
  });

  it('are none for the whole log', () => {
    expect(conditionsOf({ entry: 'al_1' }, say, 'utc')).toEqual([]);
  });
});
