/** What an address says: only the keys with a text, so that an empty one is no condition. */
export function said<Search extends object>(search: Readonly<Record<string, unknown>>): Search {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => typeof value === 'string' && value !== ''),
  ) as Search;
}
