/** The columns that can be left out. When and what was done is always there. */
export const COLUMNS = ['actor', 'feature', 'entity', 'location'] as const;

export type Column = (typeof COLUMNS)[number];

export const COLUMN_TITLES: Record<Column, string> = {
  actor: 'Actor',
  feature: 'Feature',
  entity: 'Entity',
  location: 'Location',
};

/** Reads a preference: names between commas, of which those count that there are. */
export function readColumns(text: string): readonly Column[] {
  const names = text.split(',');
  return COLUMNS.filter((column) => names.includes(column));
}

export function withColumn(text: string, column: Column, shown: boolean): string {
  const others = readColumns(text).filter((each) => each !== column);
  return (shown ? [...others, column] : others).join(',');
}
