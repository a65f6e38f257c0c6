import { describe, expect, it } from 'vitest';
import type { Entry, EntryPage } from '../api/types';
import { anEntry } from '../test/entries';
import { delayAfter, gather, MOST_WAITING, sayNew, withCome } from './live';

function entry(number: number, differing: Partial<Entry> = {}): Entry {
  return anEntry({ id: `al_${String(number).padStart(12, '0')}`, ...differing });
}

function page(numbers: number[], has_more: boolean): EntryPage {
  return {
    data: numbers.map((number) => entry(number)),
    pagination: {
      has_more,
      next_page: has_more ? entry(numbers.at(-1) ?? 0).id : null,
      prev_page: null,
    },
  };
}

function pagesOf(list: { pages: EntryPage[] }): number[][] {
  return list.pages.map(({ data }) => data.map(({ id }) => Number(id.slice(3))));
}

const LIST = { pages: [page([9, 7], true), page([5, 3], true)], pageParams: [null, 'x'] };

describe('what came since', () => {
  it('joins the list in the order of ids, though it came in the order of the sequence', () => {
    expect(pagesOf(withCome(LIST, [entry(10), entry(8), entry(11), entry(4)]))).toEqual([
      [11, 10, 9, 8, 7],
      [5, 4, 3],
    ]);
  });

  it('is not put below what is loaded, unless that is all there is', () => {
    expect(pagesOf(withCome(LIST, [entry(2)]))).toEqual([
      [9, 7],
      [5, 3],
    ]);
    const whole = { ...LIST, pages: [page([9, 7], true), page([5, 3], false)] };
    expect(pagesOf(withCome(whole, [entry(2)]))).toEqual([
      [9, 7],
      [5, 3, 2],
    ]);
    const none = { pages: [page([], false)], pageParams: [null] };
    expect(pagesOf(withCome(none, [entry(2), entry(3)]))).toEqual([[3, 2]]);
  });

  it('is listed once, as it is now', () => {
    const sealed = withCome(LIST, [entry(9, { sequence: 41 }), entry(5, { sequence: 40 })]);
    expect(pagesOf(sealed)).toEqual(pagesOf(LIST));
    expect(sealed.pages[0]?.data[0]?.sequence).toBe(41);
    expect(sealed.pages[1]?.data[0]?.sequence).toBe(40);
  });

  it('waits once each, newest first', () => {
    const waiting = gather([entry(9)], [entry(8), entry(10), entry(9)]);
    expect(waiting.map(({ id }) => Number(id.slice(3)))).toEqual([10, 9, 8]);
  });

  it.each([
    [1, '1 new entry'],
    [12, '12 new entries'],
    [MOST_WAITING + 1, 'more than 500 new entries'],
  ])('of %i is said as %s', (count, words) => expect(sayNew(count)).toBe(words));
});

describe('after failures', () => {
  it('is waited for longer and longer, but not for ever', () => {
    expect([1, 2, 3, 4, 5, 6, 40].map(delayAfter)).toEqual([
      1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000,
    ]);
  });
});
