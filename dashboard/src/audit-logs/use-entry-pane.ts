import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ComponentProps, useCallback, useEffect, useRef, useState } from 'react';
import type { Entry, EntryPage } from '../api/types';
import type { ChangeSearch } from './context';
import type { EntryPane } from './EntryPane';
import { rowLinkId } from './EntryRow';
import { entriesOf } from './queries';
import { withEntry } from './search';
import { useEntryKeys } from './use-entry-keys';

interface EntryPaneOptions {
  list: UseInfiniteQueryResult<InfiniteData<EntryPage>>;
  entries: readonly Entry[];
  openId: string | undefined;
  onSearch: ChangeSearch;
}

/** Opens an entry of a list beside it, steps through the list from there, and closes it again. */
export function useEntryPane({ list, entries, openId, onSearch }: EntryPaneOptions) {
  const isOpen = useRef(false);
  const [focusRequest, setFocusRequest] = useState(0);
  const openEntry = useCallback(
    (id: string) => {
      setFocusRequest((count) => count + 1);
      // One step back in the history leads out of the pane, however many entries were seen in it.
      onSearch((now) => withEntry(now, id), { replace: isOpen.current });
    },
    [onSearch],
  );
  const onClose = useCallback(() => onSearch((now) => withEntry(now, undefined)), [onSearch]);
  const steps = useEntryKeys({
    entries,
    openId,
    hasMore: list.hasNextPage,
    loadMore: async () => entriesOf((await list.fetchNextPage()).data),
    onSearch,
    onClose,
  });
  useEffect(() => {
    isOpen.current = openId !== undefined;
  }, [openId]);
  useFocusBack(openId);

  const pane: ComponentProps<typeof EntryPane> | null =
    openId === undefined
      ? null
      : {
          id: openId,
          inList: entries.find(({ id }) => id === openId),
          focusRequest,
          onClose,
          ...steps,
        };
  return { openEntry, pane };
}

/** When the pane closes, the focus returns to the row it was opened from. */
function useFocusBack(openId: string | undefined) {
  const last = useRef<string | undefined>(undefined);
  useEffect(() => {
    if (openId === undefined && last.current !== undefined) {
      document.getElementById(rowLinkId(last.current))?.focus();
    }
    last.current = openId;
  }, [openId]);
}
