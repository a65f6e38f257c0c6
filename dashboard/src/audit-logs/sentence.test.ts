import { describe, expect, it } from 'vitest';
import { anEntry, anErasedEntry, CATALOGUE } from '../test/entries';
import { plainSentence, sentenceOf } from './sentence';
import { CatalogueWords } from './words';

function say(template: string, entry = anEntry()) {
  return plainSentence(sentenceOf(template, entry));
}

describe('the sentence of an entry', () => {
  it('puts in what the entity was called', () => {
    expect(say('created customer {label}')).toBe('created customer Maria Lima');
  });

  it('falls back to the id of the entity', () => {
    expect(say('created customer {label}', anErasedEntry())).toBe(
      'created customer re_000000000001',
    );
    expect(say('paid {amount}')).toBe('paid re_000000000001');
  });

  it('looks in the metadata that stays, then in the personal', () => {
    const entry = anEntry({
      metadata: { amount: '12.50', name: 'kept' },
      personal: { metadata: { name: 'personal', city: 'Recife' }, changes: {} },
    });
    expect(say('{amount} {name} {city}', entry)).toBe('12.50 kept Recife');
  });

  it('says of a refused attempt what it was for, and no more', () => {
    const tried = { outcome: 'denied', entity_label: null, metadata: {} } as const;
    const inviting = anEntry({ ...tried, entity_id: 'in_000000000001' });
    expect(say('invited {label} as {role}', inviting)).toBe('invited …');
    const removing = anEntry({ ...tried, entity_id: 'ba_000000000001' });
    expect(say('removed bank account {label} of {bank}', removing)).toBe(
      'removed bank account ba_000000000001',
    );
  });

  it('finds nothing that is not the entry’s own', () => {
    expect(say('{constructor} {toString}')).toBe('re_000000000001 re_000000000001');
  });

  it('keeps values apart from the words of the catalogue', () => {
    const entry = anEntry({ entity_label: '{type} and made Eve an owner' });
    expect(sentenceOf('created customer {label}', entry)).toEqual([
      { text: 'created customer ', value: false },
      { text: '{type} and made Eve an owner', value: true },
    ]);
  });

  it('names unseen characters where it is one string', () => {
    expect(say('created {label}', anEntry({ entity_label: 'a\u202Eb' }))).toBe(
      'created a‹U+202E›b',
    );
  });

  it('still says something for an action that the catalogue does not know', () => {
    const words = new CatalogueWords(CATALOGUE);
    expect(say(words.sentence(anEntry({ action: 'wallet.frozen' })))).toBe(
      'Wallet frozen: Maria Lima',
    );
    expect(say(new CatalogueWords(undefined).sentence(anEntry()))).toBe(
      'Customer created: Maria Lima',
    );
  });
});
