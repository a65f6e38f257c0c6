import { Problem } from '../api/problem';
import type { Entry, Feed } from '../api/types';
import { delayAfter } from './live';

export interface Follower {
  /**
   * Loads the list, and gives the position before which it lacks nothing: from there on the feed
   * tells all the rest.
   */
  readonly begin: () => Promise<number>;
  readonly next: (after: number) => Promise<Feed>;
  /** Resolves when somebody looks at the page. */
  readonly seen: () => Promise<void>;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly onCame: (entries: readonly Entry[]) => void;
  /** How it goes: null when well, else what failed and in how long it is tried again. */
  readonly onState: (failure: Failure | null) => void;
}

export interface Failure {
  readonly error: unknown;
  readonly delay: number;
}

const BETWEEN = 1_000;

/**
 * Follows the log until the signal says to stop. What happens while nobody looks, or while the server
 * is away, is told afterwards: the position is kept. A refusal starts over, with the list.
 */
export async function follow(follower: Follower, signal: AbortSignal): Promise<void> {
  const { begin, next, seen, pause, onCame, onState } = follower;
  let position: number | null = null;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await seen();
      if (position === null) {
        position = await begin();
      } else {
        const { data, cursor } = await next(position);
        if (signal.aborted) return;
        position = cursor;
        if (data.length > 0) onCame(data);
      }
      if (failures > 0 && !signal.aborted) onState(null);
      failures = 0;
      await pause(BETWEEN);
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (isRefusal(error)) position = null;
      onState({ error, delay: delayAfter(failures) });
      await pause(delayAfter(failures));
    }
  }
}

/** Not of the moment, as too many requests or a server that is down: the same again would not help. */
function isRefusal(error: unknown): boolean {
  const status = error instanceof Problem ? error.status : 0;
  return status >= 400 && status < 500 && status !== 429;
}
