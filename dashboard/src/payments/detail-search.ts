/** What the address of a detail page says: the part that is looked at, and the entry that is open. */
export interface DetailSearch {
  readonly tab?: string;
  readonly entry?: string;
}

export type ChangeDetail = (search: DetailSearch, options?: { replace?: boolean }) => void;

/** An entry is a part of the activity: a row's own address need not say so. */
export function readDetailSearch(raw: Record<string, unknown>): DetailSearch {
  if (typeof raw.entry === 'string') return { tab: ACTIVITY, entry: raw.entry };
  return typeof raw.tab === 'string' ? { tab: raw.tab } : {};
}

/** The part that is the audit log of the thing. */
export const ACTIVITY = 'activity';
