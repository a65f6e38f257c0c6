import { expect, test } from 'vitest';
import type { FieldSpec } from '../fields';
import { changesOf } from './changes';

const SPECS: readonly FieldSpec[] = [
  { name: 'city', label: 'City' },
  { name: 'date_of_birth', label: 'Date of birth', kind: 'date' },
  { name: 'publicly_traded', label: 'Publicly traded', kind: 'yes-no' },
  { name: 'selfie_file', label: 'Picture', kind: 'file' },
];

const KNOWN = {
  city: 'Recife',
  date_of_birth: '1990-02-01T00:00:00.000Z',
  publicly_traded: null,
  selfie_file: 'https://files.example/face.png',
};

test('a form that was not touched changes nothing', () => {
  expect(changes({ city: 'Recife', date_of_birth: '1990-02-01' })).toEqual({});
});

test('only what says something else is sent, and what was emptied is cleared', () => {
  expect(changes({ city: '', date_of_birth: '1990-02-03', publicly_traded: 'false' })).toEqual({
    city: null,
    date_of_birth: '1990-02-03',
    publicly_traded: false,
  });
});

test('a file is replaced when another is chosen', () => {
  const selfie_file = 'https://files.example/other.png';
  expect(changes({ city: 'Recife', date_of_birth: '1990-02-01', selfie_file })).toEqual({
    selfie_file,
  });
});

function changes(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return changesOf(KNOWN, form, SPECS);
}
