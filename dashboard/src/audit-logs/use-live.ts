import { type InfiniteData, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Entry, EntryPage } from '../api/types';
import { stringifySearchParams } from '../search-params';
import { useShortcuts } from '../shell/shortcuts';
import { announce } from '../ui/announce';
import { type Failure, follow } from './follow';
import { gather, MOST_WAITING, sayNew, withCome } from './live';
import { entriesQuery, feedPast, sealedSize } from './queries';
import { type AuditLogSearch, asked, isLive } from './search';

export interface Live {
  readonly on: boolean;
  readonly failure: Failure | null;
  /** New entries that wait, so that nobody loses the place. */
  readonly waiting: number;
  /** The ids that entered the list last. */
  readonly entered: ReadonlySet<string>;
  readonly show: () => void;
  readonly retry: () => void;
}

interface LiveProps {
  instanceId: string;
  search: AuditLogSearch;
  /** Somebody reads what is listed: then it must not move. */
  reading: boolean;
  /** What is being loaded would take the place of what enters meanwhile. */
  loading: boolean;
  /** To where the new entries are. */
  onShow: () => void;
}

const NONE: readonly Entry[] = [];
const SAID_AT_MOST_EVERY = 10_000;

/** Follows the log, when the address says so: new entries enter the list, or wait to. */
export function useLive(props: LiveProps): Live {
  const { instanceId, search, reading, loading, onShow } = props;
  const queryClient = useQueryClient();
  const on = isLive(search);
  const key = stringifySearchParams(asked(search));
  // Only what is asked decides, not the object that says it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const list = useMemo(() => entriesQuery(instanceId, search), [instanceId, key]);
  const [waiting, setWaiting] = useState(NONE);
  const [entered, setEntered] = useState<ReadonlySet<string>>(new Set());
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const sayLater = useSayLater();

  const enter = useCallback(
    (came: readonly Entry[]) => {
      queryClient.setQueryData<InfiniteData<EntryPage>>(
        list.queryKey,
        (now) => now && withCome(now, came),
      );
    },
    [queryClient, list],
  );
  const countAgain = useCallback(() => {
    for (const part of ['histogram', 'facets']) {
      queryClient.invalidateQueries({ queryKey: ['audit-logs', instanceId, part] });
    }
  }, [queryClient, instanceId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is the same once more
  useEffect(() => {
    if (!on) return;
    const stop = new AbortController();
    const { signal } = stop;
    const begin = async () => {
      const size = await sealedSize(instanceId, signal);
      await queryClient.refetchQueries(
        { queryKey: list.queryKey, exact: true },
        { throwOnError: true },
      );
      return size - 1;
    };
    const onCame = (came: readonly Entry[]) => {
      const listed = idsOf(queryClient.getQueryData<InfiniteData<EntryPage>>(list.queryKey));
      // Those were listed before they had their place in the sequence.
      enter(came.filter(({ id }) => listed.has(id)));
      const fresh = came.filter(({ id }) => !listed.has(id));
      if (fresh.length === 0) return;
      setWaiting((before) => gather(before, fresh).slice(0, MOST_WAITING + 1));
      sayLater(fresh.length);
    };
    follow(
      {
        begin,
        next: (after) => feedPast(instanceId, search, after, signal),
        seen: () => untilSeen(signal),
        pause: (milliseconds) => sleep(milliseconds, signal),
        onCame,
        onState: setFailure,
      },
      signal,
    );
    return () => {
      stop.abort();
      setWaiting(NONE);
      setFailure(null);
    };
  }, [on, list, instanceId, attempt, queryClient, enter, sayLater]);

  const show = useCallback(() => {
    if (waiting.length > MOST_WAITING) queryClient.resetQueries({ queryKey: list.queryKey });
    else enter(waiting);
    setEntered(new Set(waiting.map(({ id }) => id)));
    setWaiting(NONE);
    countAgain();
  }, [waiting, enter, countAgain, queryClient, list]);

  useEffect(() => {
    if (waiting.length > 0 && !reading && !loading) show();
  }, [waiting, reading, loading, show]);

  const showThem = () => {
    if (loading) return;
    show();
    onShow();
  };
  useShortcuts({ '.': waiting.length > 0 ? showThem : undefined });
  return {
    on,
    failure,
    waiting: waiting.length,
    entered,
    show: showThem,
    retry: () => setAttempt((count) => count + 1),
  };
}

function idsOf(list: InfiniteData<EntryPage> | undefined): ReadonlySet<string> {
  return new Set(list?.pages.flatMap((page) => page.data.map(({ id }) => id)));
}

/** Says how many came: at once, and then not again for a while. */
function useSayLater(): (count: number) => void {
  const unsaid = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback((count: number) => {
    unsaid.current += count;
    const say = () => {
      timer.current = undefined;
      if (unsaid.current === 0) return;
      announce(sayNew(unsaid.current));
      unsaid.current = 0;
      timer.current = setTimeout(say, SAID_AT_MOST_EVERY);
    };
    if (timer.current === undefined) say();
  }, []);
}

function untilSeen(signal: AbortSignal): Promise<void> {
  return until(signal, (done) => {
    const look = () => {
      if (document.visibilityState === 'visible') done();
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  });
}

function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return until(signal, (done) => {
    const timer = setTimeout(done, milliseconds);
    return () => clearTimeout(timer);
  });
}

/** Waits for something, but not longer than the signal allows. */
function until(signal: AbortSignal, wait: (done: () => void) => () => void): Promise<void> {
  return new Promise((resolve) => {
    const stop = wait(() => resolve());
    signal.addEventListener('abort', () => {
      stop();
      resolve();
    });
  });
}
