/** `bank_account` → "Bank account": for names that the catalogue does not title. */
export function humanise(name: string): string {
  const words = name
    .replace(/[._]+/g, ' ')
    .replace(/\b(api|id|ip|kyc|rfi|url|usdb)\b/gi, (word) => word.toUpperCase())
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A, B or C. */
export function orList(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
}

/** The two ends of an id that is too long to read; ids of ours are short and stay whole. */
export function shortId(id: string): string {
  const characters = Array.from(id);
  if (characters.length <= 18) return id;
  return `${characters.slice(0, 8).join('')}…${characters.slice(-6).join('')}`;
}

const COUNTRY_NAMES = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

export function countryName(code: string): string | null {
  // Anything but two letters makes Intl throw.
  return /^[A-Z]{2}$/.test(code) ? (COUNTRY_NAMES.of(code) ?? null) : null;
}
