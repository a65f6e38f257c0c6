import { expect, it } from 'vitest';
import { saySubject, subjectOf } from './subjects';

it.each([
  ['user', 'us_1', { user_id: 'us_1' }, 'Acts of user us_1'],
  ['api_key', 'ap_1', { api_key_id: 'ap_1' }, 'Acts of API key ap_1'],
  ['entry', 'al_1', { entry_id: 'al_1' }, 'Entry al_1'],
  ['bank_account', 'ba_1', { entity_type: 'bank_account', entity_id: 'ba_1' }, 'Bank account ba_1'],
])('names %s %s as the API does, and in words', (type, id, subject, words) => {
  expect(subjectOf(type, id)).toEqual(subject);
  expect(saySubject(subject)).toBe(words);
});
