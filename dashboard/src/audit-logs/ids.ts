/** What a pasted text is, by its prefix. Ids of ours are two letters, `_`, 12 of base 62. */
export function isId(prefix: 'al' | 'us' | 'ap', text: string): boolean {
  return new RegExp(`^${prefix}_[0-9A-Za-z]{12}$`).test(text);
}

/** The same for any prefix, also where someone wrote it large: the rest of an id has a case. */
export function idOf(text: string): { prefix: string; id: string } | null {
  const [, letters, rest] = /^([a-z]{2})_([0-9A-Za-z]{12})$/i.exec(text) ?? [];
  if (!letters || !rest) return null;
  const prefix = letters.toLowerCase();
  return { prefix, id: `${prefix}_${rest}` };
}
