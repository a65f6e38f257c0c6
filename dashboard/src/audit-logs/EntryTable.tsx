import { useCallback, useMemo } from 'react';
import type { Entry } from '../api/types';
import { stringifySearchParams } from '../search-params';
import { dayKey, dayTitle, type Zone, zoneName } from '../ui/time';
import { useNow } from '../ui/use-now';
import { useAuditLog } from './context';
import { EntryRow } from './EntryRow';
import styles from './EntryTable.module.css';
import { withEntry, withFilter } from './search';

interface EntryTableProps {
  entries: readonly Entry[];
  entered: ReadonlySet<string>;
  onOpenEntry: (id: string) => void;
}

export function EntryTable({ entries, entered, onOpenEntry }: EntryTableProps) {
  const { search, changeSearch, words, zone } = useAuditLog();
  const now = useNow();
  const days = useMemo(() => byDay(entries, zone), [entries, zone]);
  const filters = stringifySearchParams(withEntry(search, undefined));
  const filterFor = useCallback(
    (key: string, value: string) => changeSearch((last) => withFilter(last, key, [value])),
    [changeSearch],
  );

  return (
    <table className={styles.table} aria-label="Audit log entries, newest first">
      <thead>
        <tr>
          <th scope="col" aria-sort="descending" className={styles.time}>
            Time <span className={styles.zone}>{zoneName(zone, now)}</span>
          </th>
          <th scope="col" className={styles.actor}>
            Actor
          </th>
          <th scope="col">Action</th>
          <th scope="col" className={styles.entity}>
            Entity
          </th>
          <th scope="col" className={styles.location}>
            <span>Location</span>
          </th>
          <th scope="col" className={styles.more}>
            <span className="sr-only">Filter for this</span>
          </th>
        </tr>
      </thead>
      {days.map(([day, ofDay]) => (
        <tbody key={day}>
          <tr className={styles.day}>
            <th scope="rowgroup" colSpan={6}>
              {ofDay[0] && dayTitle(at(ofDay[0]), zone, now)}
            </th>
          </tr>
          {ofDay.map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              isOpen={entry.id === search.entry}
              isNew={entered.has(entry.id)}
              words={words}
              zone={zone}
              filters={filters}
              onOpen={onOpenEntry}
              onFilterFor={filterFor}
            />
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Newest first, as they come. */
function byDay(entries: readonly Entry[], zone: Zone): [day: string, entries: Entry[]][] {
  const days = new Map<string, Entry[]>();
  for (const entry of entries) {
    const day = dayKey(at(entry), zone);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days];
}

function at(entry: Entry): Date {
  return new Date(entry.created_at);
}
