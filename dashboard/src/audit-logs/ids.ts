/** What a pasted text is, by its prefix. Ids of ours are two letters, `_`, 12 of base 62. */
export function isId(prefix: 'al' | 'us' | 'ap', text: string): boolean {
  return new RegExp(`^${prefix}_[0-9A-Za-z]{12}$`).test(text);
}
