import type { InfiniteData } from '@tanstack/react-query';
import type { Entry, EntryPage } from '../api/types';

/** More than these wait for nobody: the list is then loaded anew instead. */
export const MOST_WAITING = 500;

const FIRST_DELAY = 1_000;
const LONGEST_DELAY = 30_000;

/** How long to wait after so many failures in a row, in milliseconds: 1, 2, 4, … 30 seconds. */
export function delayAfter(failures: number): number {
  return Math.min(FIRST_DELAY * 2 ** (failures - 1), LONGEST_DELAY);
}

/** The entries that wait, with those that came: each once, newest first. */
export function gather(waiting: readonly Entry[], came: readonly Entry[]): readonly Entry[] {
  const byId = new Map([...waiting, ...came].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort(newestFirst);
}

/**
 * The pages of the list with entries that came later, each in its place: the feed is in the order of
 * the sequence, the list in that of the ids. An entry that is listed already is taken as it is now,
 * sealed. One that belongs below what is loaded is left to be loaded.
 */
export function withCome(
  list: InfiniteData<EntryPage>,
  came: readonly Entry[],
): InfiniteData<EntryPage> {
  const now = new Map(came.map((entry) => [entry.id, entry]));
  const listed = new Set(list.pages.flatMap((page) => page.data.map(({ id }) => id)));
  let missing = came.filter(({ id }) => !listed.has(id));

  const pages = list.pages.map((page) => {
    const last = page.data.at(-1);
    const isHere = ({ id }: Entry) => !page.pagination.has_more || (last && id > last.id);
    const joining = missing.filter(isHere);
    missing = missing.filter((entry) => !joining.includes(entry));
    const data = [...page.data.map((entry) => now.get(entry.id) ?? entry), ...joining];
    return { ...page, data: joining.length > 0 ? data.sort(newestFirst) : data };
  });
  return { ...list, pages };
}

/** "1 new entry", "12 new entries", "more than 500 new entries". */
export function sayNew(count: number): string {
  if (count > MOST_WAITING) return `more than ${MOST_WAITING} new entries`;
  return `${count} new ${count === 1 ? 'entry' : 'entries'}`;
}

/** Ids sort as plain ASCII in the order of time. */
function newestFirst(one: Entry, other: Entry): number {
  return one.id < other.id ? 1 : one.id > other.id ? -1 : 0;
}
