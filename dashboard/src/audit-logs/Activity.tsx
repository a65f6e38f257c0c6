import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import { stringifySearchParams } from '../search-params';
import { usePreference } from '../shell/preferences';
import { AuditLogContext, type ChangeSearch } from './context';
import { EntryList } from './EntryList';
import { OpenEntry } from './OpenEntry';
import { catalogueQuery, entriesOf, entriesQuery } from './queries';
import { type AuditLogSearch, withEntry } from './search';
import { useEntryPane } from './use-entry-pane';
import { useSay } from './use-say';
import { CatalogueWords } from './words';

interface ActivityProps {
  instanceId: string;
  /** Whose entries: those of itself, and those of acts that it had a part in. */
  entityId: string;
  /** The entry that is open. */
  entry: string | undefined;
  onEntry: (entry: string | undefined, options?: { replace?: boolean }) => void;
  /** Puts the list into the page that it is a part of. */
  children: (list: ReactNode) => ReactNode;
}

/** The audit log of one entity, within its page; whatever else is asked of it leads to the log itself. */
export function Activity({ instanceId, entityId, entry, onEntry, children }: ActivityProps) {
  const navigate = useNavigate();
  const search = useMemo(() => withEntry({ ref_id: [entityId] }, entry), [entityId, entry]);
  const changeSearch: ChangeSearch = useCallback(
    (change, options) => {
      const next = change(search);
      if (filtersIn(next) === filtersIn(search)) return onEntry(next.entry, options);
      navigate({
        to: '/instances/$instanceId/settings/audit-logs',
        params: { instanceId },
        search: next,
      });
    },
    [search, onEntry, navigate, instanceId],
  );

  const list = useInfiniteQuery(entriesQuery(instanceId, search));
  const entries = useMemo(() => entriesOf(list.data), [list.data]);
  const catalogue = useQuery(catalogueQuery);
  const words = useMemo(() => new CatalogueWords(catalogue.data), [catalogue.data]);
  const say = useSay(instanceId, search, words, entries);
  const [zone] = usePreference('zone');
  const { openEntry, pane } = useEntryPane({
    list,
    entries,
    openId: entry,
    onSearch: changeSearch,
  });
  const log = useMemo(
    () => ({ instanceId, search, changeSearch, words, say, zone }),
    [instanceId, search, changeSearch, words, say, zone],
  );

  return (
    <AuditLogContext value={log}>
      {children(
        <EntryList
          list={list}
          entries={entries}
          ready={!catalogue.isPending}
          onOpenEntry={openEntry}
        />,
      )}
      <OpenEntry pane={pane} />
    </AuditLogContext>
  );
}

function filtersIn(search: AuditLogSearch): string {
  return stringifySearchParams(withEntry(search, undefined));
}
