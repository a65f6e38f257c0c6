import { describe, expect, it } from 'vitest';
import { Problem } from '../api/problem';
import type { Feed } from '../api/types';
import { anEntry } from '../test/entries';
import { type Failure, follow } from './follow';

const FIRST = anEntry({ id: 'al_000000000001' });
const SECOND = anEntry({ id: 'al_000000000002' });

type Step = Partial<Feed> | Error;

/** Follows a log that begins at 7 and answers like this, and tells what was seen of it. */
async function followed(...steps: Step[]) {
  const stop = new AbortController();
  const told: unknown[] = [];
  const left = [...steps];
  await follow(
    {
      begin: async () => {
        told.push('begin');
        return 7;
      },
      next: async (after) => {
        told.push(after);
        const step = left.shift();
        if (left.length === 0) queueMicrotask(() => stop.abort());
        if (step instanceof Error) throw step;
        return { data: [], cursor: after, checkpoint: null, ...step };
      },
      seen: async () => {},
      pause: async () => {},
      onCame: (entries) => told.push(entries.map(({ id }) => id)),
      onState: (failure: Failure | null) => told.push(failure?.delay ?? 'well'),
    },
    stop.signal,
  );
  return told;
}

describe('following', () => {
  it('goes on from where it has got to, also where nothing matched', async () => {
    expect(
      await followed(
        { data: [FIRST], cursor: 9 },
        { cursor: 12 },
        { data: [SECOND], cursor: 13 },
        {},
      ),
    ).toEqual(['begin', 7, [FIRST.id], 9, 12, [SECOND.id], 13]);
  });

  it('asks for the same again after a failure, later and later, and misses nothing', async () => {
    const down = new Problem(503, {});
    expect(await followed(down, down, { data: [FIRST], cursor: 8 }, {})).toEqual([
      'begin',
      7,
      1_000,
      7,
      2_000,
      7,
      [FIRST.id],
      'well',
      8,
    ]);
  });

  it('starts over after a refusal', async () => {
    const refused = new Problem(400, {});
    expect(await followed(refused, { data: [FIRST], cursor: 8 }, {})).toEqual([
      'begin',
      7,
      1_000,
      'begin',
      'well',
      7,
      [FIRST.id],
      8,
    ]);
  });
});
