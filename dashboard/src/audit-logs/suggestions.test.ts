import { describe, expect, it } from 'vitest';
import { suggestionsFor } from './suggestions';
import type { Choice } from './typed';

const CHOICES: Choice[] = [
  { key: 'feature', value: 'payin', label: 'Payins' },
  { key: 'feature', value: 'bank_account', label: 'Bank accounts' },
  { key: 'operation', value: 'delete', label: 'Delete' },
  { key: 'user_id', value: 'us_Anna00000001', label: 'Anna Prado', hint: 'anna@example.com' },
  { key: 'actor_type', value: 'user', label: 'User' },
];

function labels(text: string) {
  return suggestionsFor(text, CHOICES).map(({ label }) => label);
}

describe('what is suggested', () => {
  it('are words first, then the values of the word', () => {
    const [first] = suggestionsFor('', CHOICES);
    expect(first).toEqual({ label: 'Feature', hint: 'feature:', filter: null, text: 'feature:' });
    expect(labels('feature:')).toEqual(['Payins', 'Bank accounts']);
    expect(labels('feature:ba')).toEqual(['Bank accounts']);
    expect(labels('feature: ')).toEqual(['Payins', 'Bank accounts']);
  });

  it('goes on after what is typed already, and keeps it', () => {
    expect(labels('4821 ')[0]).toBe('Feature');
    const [chosen] = suggestionsFor('4821 -operation:d', CHOICES);
    expect(chosen).toMatchObject({
      label: 'not Delete',
      filter: { key: 'not_operation', values: ['delete'] },
      text: '4821 ',
    });
  });

  it('finds a value by its own name, whatever filter it is of', () => {
    expect(labels('del')).toEqual(['Search for “del”', 'Delete']);
    expect(labels('anna')).toEqual(['Search for “anna”', 'Anna Prado']);
    expect(labels('us')).toEqual([
      'Search for “us”',
      'User',
      'User, API key or type of actor',
      'Anna Prado',
    ]);
  });

  it('is nothing for what is known by its form, or is no word', () => {
    expect(labels('us_Anna00000001')).toEqual([]);
    expect(labels('colour:')).toEqual([]);
    expect(labels('entity:')).toEqual([]);
  });
});
