import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { RotateCw } from 'lucide-react';
import { useMemo } from 'react';
import { isProblem } from '../api/problem';
import { instancesQuery } from '../identity/queries';
import { usePreference } from '../shell/preferences';
import { useTitle } from '../shell/use-title';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import styles from './AuditLogPage.module.css';
import { AuditLogContext, type ChangeSearch } from './context';
import { DateMenu } from './DateMenu';
import { DisplayMenu } from './DisplayMenu';
import { EntryList, TOP_ID } from './EntryList';
import { ExportButton } from './ExportButton';
import { FilterBar } from './FilterBar';
import { Histogram } from './Histogram';
import { LiveBar } from './LiveBar';
import { LiveButton } from './LiveButton';
import { OpenEntry } from './OpenEntry';
import { ProxyNotice } from './ProxyNotice';
import { catalogueQuery, entriesOf, entriesQuery } from './queries';
import type { AuditLogSearch } from './search';
import { useEntryPane } from './use-entry-pane';
import { useLive } from './use-live';
import { useReading } from './use-reading';
import { useSay } from './use-say';
import { ViewsMenu } from './ViewsMenu';
import { CatalogueWords } from './words';

interface AuditLogPageProps {
  instanceId: string;
  search: AuditLogSearch;
  onSearch: ChangeSearch;
}

export function AuditLogPage({ instanceId, search, onSearch }: AuditLogPageProps) {
  const list = useInfiniteQuery(entriesQuery(instanceId, search));
  const catalogue = useQuery(catalogueQuery);
  const words = useMemo(() => new CatalogueWords(catalogue.data), [catalogue.data]);
  const entries = useMemo(() => entriesOf(list.data), [list.data]);
  // Who may not read the log has no use for its filters, nor for an entry that was linked to.
  const refused = isProblem(list.error, 403);
  const openId = refused ? undefined : search.entry;
  const { reading, ...place } = useReading();
  const live = useLive({
    instanceId,
    search,
    reading: reading || openId !== undefined,
    loading: list.isFetching,
    onShow: toNewest,
  });
  const say = useSay(instanceId, search, words, entries);
  const [zone] = usePreference('zone');
  const { data: instances } = useQuery(instancesQuery);
  useTitle('Audit logs', instances?.find(({ id }) => id === instanceId)?.name);

  const { openEntry, pane } = useEntryPane({ list, entries, openId, onSearch });

  const log = useMemo(
    () => ({ instanceId, search, changeSearch: onSearch, words, say, zone }),
    [instanceId, search, onSearch, words, say, zone],
  );

  return (
    <AuditLogContext value={log}>
      <main
        id="main"
        tabIndex={-1}
        className={classes(styles.page, openId !== undefined && styles.behind)}
      >
        <header className={styles.header}>
          <h1 className={styles.title}>Audit logs</h1>
          <p className={styles.lead}>Who did what in this instance, how, and from where.</p>
          <div className={styles.actions}>
            {!refused && (
              <Link
                to="/instances/$instanceId/settings/audit-logs/readings"
                params={{ instanceId }}
              >
                Readings
              </Link>
            )}
            {!refused && <ViewsMenu />}
            {!refused && <LiveButton live={live} />}
            {!refused && <DateMenu />}
            {!refused && <ExportButton />}
            {!refused && <DisplayMenu />}
            <RefreshButton instanceId={instanceId} busy={list.isFetching} />
          </div>
        </header>
        {!refused && <FilterBar onOpenEntry={openEntry} />}
        {!refused && <Histogram />}
        <ProxyNotice entries={entries} />
        <LiveBar live={live} />
        <EntryList
          list={list}
          entries={entries}
          ready={!catalogue.isPending}
          entered={live.entered}
          place={place}
          onOpenEntry={openEntry}
        />
      </main>
      <OpenEntry pane={pane} />
    </AuditLogContext>
  );
}

/** Starts over at the newest entry: the pages below were cut where the old first page ended. */
function RefreshButton({ instanceId, busy }: { instanceId: string; busy: boolean }) {
  const queryClient = useQueryClient();
  return (
    <IconButton
      label="Refresh"
      onClick={() => queryClient.resetQueries({ queryKey: ['audit-logs', instanceId] })}
    >
      <RotateCw size={15} aria-hidden className={classes(busy && styles.busy)} />
    </IconButton>
  );
}

function toNewest() {
  document.getElementById(TOP_ID)?.scrollIntoView();
  // The button that had the focus goes away.
  document.getElementById('live')?.focus();
}
