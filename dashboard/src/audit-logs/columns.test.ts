import { expect, it } from 'vitest';
import { readPreference } from '../shell/preferences';
import { readColumns, withColumn } from './columns';

const DEFAULT = readPreference('columns');

it('keeps the columns in their order, whatever was stored', () => {
  expect(readColumns(DEFAULT)).toEqual(['actor', 'entity', 'location']);
  expect(readColumns('location,actor,,password')).toEqual(['actor', 'location']);
  expect(readColumns('')).toEqual([]);
  expect(readColumns(withColumn(DEFAULT, 'feature', true))).toHaveLength(4);
  expect(readColumns(withColumn(DEFAULT, 'entity', false))).toEqual(['actor', 'location']);
});
