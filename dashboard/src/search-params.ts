/**
 * How the page's URL holds its state: plain keys and values, a list as a repeated key, just as the
 * API reads them. (The router's own way is JSON in the URL, which nobody could type or share.)
 */
export type SearchParams = Record<string, string | string[]>;

export function parseSearchParams(text: string): SearchParams {
  const lists = new Map<string, string[]>();
  for (const [key, value] of new URLSearchParams(text)) {
    lists.set(key, [...(lists.get(key) ?? []), value]);
  }
  return Object.fromEntries(
    Array.from(lists, ([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

export function stringifySearchParams(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null) params.append(key, String(one));
    }
  }
  // A colon needs no escape in a query, and times are there to be read.
  const text = params.toString().replaceAll('%3A', ':');
  return text && `?${text}`;
}
