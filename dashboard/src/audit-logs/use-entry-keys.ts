import { useEffect } from 'react';
import type { Entry } from '../api/types';
import { useShortcuts } from '../shell/shortcuts';
import type { ChangeSearch } from './context';
import { rowLinkId } from './EntryRow';
import { withEntry } from './search';

interface EntryKeysProps {
  entries: readonly Entry[];
  openId: string | undefined;
  hasMore: boolean;
  loadMore: () => Promise<readonly Entry[]>;
  onSearch: ChangeSearch;
  onClose: () => void;
}

export interface EntrySteps {
  /** Undefined where there is nothing to step to. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
}

/** From entry to entry, by J and K, the arrows, or the pane's buttons; Escape closes. */
export function useEntryKeys(props: EntryKeysProps): EntrySteps {
  const { entries, openId, hasMore, loadMore, onSearch, onClose } = props;
  const at = entries.findIndex(({ id }) => id === openId);
  const isOpen = openId !== undefined;

  const show = (entry: Entry | undefined) => {
    if (entry) onSearch((search) => withEntry(search, entry.id), { replace: isOpen });
  };
  const showAfterLoading = async () => show((await loadMore())[at + 1]);

  // An entry opened by its address may be none of those listed: then there is no next one.
  const listed = at >= 0;
  const onPrevious = listed && at > 0 ? () => show(entries[at - 1]) : undefined;
  const onNext = !listed
    ? undefined
    : at + 1 < entries.length
      ? () => show(entries[at + 1])
      : hasMore
        ? showAfterLoading
        : undefined;

  const openFirst = isOpen ? undefined : () => show(entries[0]);
  useShortcuts({
    j: onNext ?? openFirst,
    k: onPrevious ?? openFirst,
    ArrowDown: onNext,
    ArrowUp: onPrevious,
    Escape: isOpen ? onClose : undefined,
  });

  useEffect(() => {
    if (openId) document.getElementById(rowLinkId(openId))?.scrollIntoView({ block: 'nearest' });
  }, [openId]);

  return { onPrevious, onNext };
}
