import { plain } from '../ui/hostile';
import type { Zone } from '../ui/time';
import { orList } from '../ui/words';
import { describeDates } from './dates';
import { type AuditLogSearch, filtersOf, hasDates, withDates, withFilter } from './search';
import { filterTitle } from './words';

export interface Chip {
  readonly key: string;
  readonly title: string;
  readonly verb: 'is' | 'is not';
  readonly values: readonly string[];
  /** The values in words, unseen characters named. */
  readonly text: string;
}

export type SayValue = (key: string, value: string) => string;

/** The filters as words: «Feature is Payouts or Bank accounts». */
export function chipsOf(search: AuditLogSearch, say: SayValue): Chip[] {
  return filtersOf(search).map(([key, values]) => ({
    key,
    ...filterTitle(key),
    values,
    text: orList(values.map((value) => plain(say(key, value)) || '(empty)')),
  }));
}

/** A condition on the list with the search that is without it: for the page that found nothing. */
export interface Condition {
  readonly key: string;
  readonly text: string;
  readonly without: AuditLogSearch;
}

export function conditionsOf(search: AuditLogSearch, say: SayValue, zone: Zone): Condition[] {
  const conditions: Condition[] = chipsOf(search, say).map(({ key, title, verb, text }) => ({
    key,
    text: `${title} ${verb} ${text}`,
    without: withFilter(search, key, []),
  }));
  if (hasDates(search)) {
    const text = `Time is ${plain(describeDates(search, zone))}`;
    conditions.push({ key: 'dates', text, without: withDates(search, {}) });
  }
  return conditions;
}
