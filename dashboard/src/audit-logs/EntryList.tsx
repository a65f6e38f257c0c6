import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { ScrollText, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { isProblem } from '../api/problem';
import type { Entry, EntryPage } from '../api/types';
import { announce } from '../ui/announce';
import { Button } from '../ui/Button';
import { classes } from '../ui/classes';
import { Message } from '../ui/Message';
import { ProblemMessage, ProblemText } from '../ui/ProblemMessage';
import { conditionsOf } from './chips';
import { useAuditLog } from './context';
import styles from './EntryList.module.css';
import { EntryTable } from './EntryTable';
import { NotAllowed } from './NotAllowed';
import { PAGE_SIZE } from './queries';
import { withAsked } from './search';
import { TableSkeleton } from './TableSkeleton';
import type { useReading } from './use-reading';

interface EntryListProps {
  list: UseInfiniteQueryResult<InfiniteData<EntryPage>>;
  entries: readonly Entry[];
  /** The words for the acts are there, or known not to come. */
  ready: boolean;
  /** The entries that came in last, in a list that is live. */
  entered?: ReadonlySet<string>;
  place?: Omit<ReturnType<typeof useReading>, 'reading'>;
  onOpenEntry: (id: string) => void;
}

/** The very top of the list. */
export const TOP_ID = 'newest';

/** The entries, or what there is to say instead of them. */
export function EntryList({ list, entries, ready, place, ...table }: EntryListProps) {
  useAnnounceCount(entries, list);
  if (isProblem(list.error, 403)) return <NotAllowed />;
  if (list.isError && !list.data) {
    return (
      <ProblemMessage
        title="The audit log did not load"
        error={list.error}
        onRetry={() => list.refetch()}
      />
    );
  }
  if (!list.data || !ready) return <TableSkeleton />;
  if (entries.length === 0) return <NoEntries />;
  return (
    <div
      className={classes(styles.scroll, list.isPlaceholderData && styles.stale)}
      aria-busy={list.isPlaceholderData}
      {...place?.around}
    >
      <div ref={place?.top} id={TOP_ID} className={styles.top} />
      <EntryTable entries={entries} {...table} />
      <footer className={styles.footer}>
        <ListEnd list={list} />
      </footer>
    </div>
  );
}

function ListEnd({ list }: Pick<EntryListProps, 'list'>) {
  if (list.isFetchNextPageError) {
    return (
      <div role="alert" className={styles.problem}>
        <ProblemText error={list.error} />
        <Button onClick={() => list.fetchNextPage()}>Retry</Button>
      </div>
    );
  }
  if (list.hasNextPage) {
    return (
      <Button onClick={() => list.fetchNextPage()} disabled={list.isFetchingNextPage}>
        {list.isFetchingNextPage ? 'Loading…' : `Load ${PAGE_SIZE} more`}
      </Button>
    );
  }
  return <p>No older entries.</p>;
}

/** Nothing in the log at all, or nothing that fits: two different things to be told. */
function NoEntries() {
  const { search, say, zone, changeSearch } = useAuditLog();
  const conditions = conditionsOf(search, say, zone);
  if (conditions.length === 0) {
    return (
      <Message icon={ScrollText} title="Nothing has happened yet">
        <p>Create a customer or an API key and it will appear here.</p>
      </Message>
    );
  }
  return (
    <Message icon={ScrollText} title="No entry matches">
      <p>
        {conditions.length === 1 ? 'This is asked for:' : 'All of these are asked for at once:'}
      </p>
      <ul className={styles.conditions}>
        {conditions.map(({ key, text, without }) => (
          <li key={key}>
            <span>{text}</span>
            <Button
              look="quiet"
              aria-label={`Remove: ${text}`}
              onClick={() => changeSearch((now) => withAsked(now, without))}
            >
              <X size={14} aria-hidden />
              Remove
            </Button>
          </li>
        ))}
      </ul>
    </Message>
  );
}

function useAnnounceCount(entries: readonly Entry[], list: EntryListProps['list']) {
  const count = entries.length;
  const settled = list.isSuccess && !list.isPlaceholderData;
  const more = list.hasNextPage;
  // Entries that come in by themselves are announced where they come in.
  const answer = settled ? `${list.data.pages.length} ${count === 0} ${more}` : null;
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (answer === null) return;
    // The page that has just been opened speaks for itself.
    if (!first.current) announce(count === 0 ? 'No entry matches' : sayCount(count, more));
    first.current = false;
  }, [answer]);
}

function sayCount(count: number, more: boolean): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'} shown${more ? ', there are more' : ''}`;
}
