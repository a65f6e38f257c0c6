import { useCallback, useMemo } from 'react';
import type { Entry } from '../api/types';
import { stringifySearchParams } from '../search-params';
import { usePreference } from '../shell/preferences';
import { dayKey, dayTitle, type Zone, zoneName } from '../ui/time';
import { useNow } from '../ui/use-now';
import { COLUMN_TITLES, type Column, readColumns } from './columns';
import { useAuditLog } from './context';
import { EntryRow } from './EntryRow';
import styles from './EntryTable.module.css';
import { withEntry, withFilter } from './search';
import { useGone } from './use-gone';

interface EntryTableProps {
  entries: readonly Entry[];
  entered?: ReadonlySet<string> | undefined;
  onOpenEntry: (id: string) => void;
}

export function EntryTable({ entries, entered, onOpenEntry }: EntryTableProps) {
  const { search, changeSearch, words, zone } = useAuditLog();
  const now = useNow();
  const days = useMemo(() => byDay(entries, zone), [entries, zone]);
  const isGone = useGone();
  const [chosen] = usePreference('columns');
  const [density] = usePreference('density');
  const columns = useMemo(() => readColumns(chosen), [chosen]);
  const has = (column: Column) => columns.includes(column);
  const filters = stringifySearchParams(withEntry(search, undefined));
  const filterFor = useCallback(
    (key: string, value: string) => changeSearch((last) => withFilter(last, key, [value])),
    [changeSearch],
  );

  return (
    <table
      className={styles.table}
      data-density={density}
      aria-label="Audit log entries, newest first"
    >
      <thead>
        <tr>
          <th scope="col" aria-sort="descending" className={styles.time}>
            Time <span className={styles.zone}>{zoneName(zone, now)}</span>
          </th>
          {has('actor') && <ColumnHead column="actor" />}
          <th scope="col" className={styles.action}>
            Action
          </th>
          {has('feature') && <ColumnHead column="feature" />}
          {has('entity') && <ColumnHead column="entity" />}
          {has('location') && <ColumnHead column="location" />}
          <th scope="col" className={styles.more}>
            <span className="sr-only">Filter for this</span>
          </th>
        </tr>
      </thead>
      {days.map(([day, ofDay]) => (
        <tbody key={day}>
          <tr className={styles.day}>
            <th scope="rowgroup" colSpan={columns.length + 3}>
              {ofDay[0] && dayTitle(at(ofDay[0]), zone, now)}
            </th>
          </tr>
          {ofDay.map((entry) => (
            <EntryRow
              key={entry.id}
              entry={entry}
              isOpen={entry.id === search.entry}
              isNew={entered?.has(entry.id) ?? false}
              isGone={isGone(entry)}
              words={words}
              columns={columns}
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

function ColumnHead({ column }: { column: Column }) {
  return (
    <th scope="col" className={styles[column]}>
      {COLUMN_TITLES[column]}
    </th>
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
