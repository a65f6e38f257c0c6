import type { paths } from '../api/schema';

/**
 * The state of the page, as it stands in its URL. The keys are those of the API, so that an address
 * can be read, typed and turned into a call; `range`, `entry` and `live` are the page's own.
 *
 * Every other key is a filter. The page has menus for six of them; any other that the API knows
 * (`outcome=denied`, `not_feature=payin`) works from the address and shows as a chip, and one that
 * nobody knows is sent as well: the API refuses it by name. A mistyped filter must never show the
 * unfiltered log.
 */
export interface AuditLogSearch {
  readonly range?: string;
  readonly start_date?: string;
  readonly end_date?: string;
  readonly entry?: string;
  readonly live?: string;
  readonly [filter: string]: string | readonly string[] | undefined;
}

export type ApiQuery = NonNullable<
  paths['/v1/instances/{instance_id}/audit-logs']['get']['parameters']['query']
>;

/** In the order in which they are shown. */
export const MENU_FILTERS = [
  'feature',
  'operation',
  'actor_type',
  'user_id',
  'api_key_id',
  'entity_id',
] as const;

const SINGLE = ['range', 'start_date', 'end_date', 'entry', 'live'];
// Where the reader has got to is not part of what an address means.
const PAGING = ['limit', 'offset', 'starting_after', 'ending_before', 'include'];

const RANGE = /^([1-9]\d{0,3})([hd])$/;
const HOUR = 3_600_000;

export function readSearch(raw: Record<string, unknown>): AuditLogSearch {
  const search: Record<string, string | string[]> = {};
  for (const [key, value] of Object.entries(raw)) {
    const values = (Array.isArray(value) ? value : [value]).map(String);
    if (PAGING.includes(key)) continue;
    if (SINGLE.includes(key)) search[key] = values[0] ?? '';
    else search[key] = [...new Set(values)];
  }
  // Fixed times say more precisely what was meant than "the last week" does.
  if (search.start_date !== undefined || search.end_date !== undefined) delete search.range;
  return search;
}

/** The filters that are set: those with a menu first, then the others in the address's order. */
export function filtersOf(search: AuditLogSearch): [key: string, values: readonly string[]][] {
  const others = Object.keys(search).filter((key) => !isMenuFilter(key) && !SINGLE.includes(key));
  return [...MENU_FILTERS, ...others].flatMap((key) => {
    const values = valuesOf(search, key);
    return values.length > 0 ? [[key, values]] : [];
  });
}

export function valuesOf(search: AuditLogSearch, key: string): readonly string[] {
  const values = search[key];
  return Array.isArray(values) ? values : [];
}

/** The key that excludes what another one asks for. */
export function negated(key: string): string {
  return `not_${key}`;
}

/** The same search with this filter set to these values; with none it is gone. */
export function withFilter(
  search: AuditLogSearch,
  key: string,
  values: readonly string[],
): AuditLogSearch {
  const { [key]: _gone, ...rest } = search;
  return values.length > 0 ? { ...rest, [key]: values } : rest;
}

/** The same search with these values asked for as well; what is searched for is one thing at a time. */
export function withMore(
  search: AuditLogSearch,
  { key, values }: { key: string; values: readonly string[] },
): AuditLogSearch {
  const before = key === 'q' ? [] : valuesOf(search, key);
  return withFilter(search, key, [...new Set([...before, ...values])]);
}

export interface DateRange {
  readonly range?: string;
  readonly start_date?: string;
  readonly end_date?: string;
}

export function withDates(search: AuditLogSearch, dates: DateRange): AuditLogSearch {
  const { range, start_date, end_date, ...rest } = search;
  return { ...rest, ...dates };
}

export function withEntry(search: AuditLogSearch, entry: string | undefined): AuditLogSearch {
  const { entry: _gone, ...rest } = search;
  return entry === undefined ? rest : { ...rest, entry };
}

/** What is asked of the log alone: not which entry is open, nor whether the page follows. */
export function asked(search: AuditLogSearch): AuditLogSearch {
  const { entry, live, ...rest } = search;
  return rest;
}

/** Something else is asked of the log; what is open stays open, and who follows goes on following. */
export function withAsked(now: AuditLogSearch, search: AuditLogSearch): AuditLogSearch {
  const { entry, live } = now;
  return {
    ...asked(search),
    ...(entry !== undefined && { entry }),
    ...(live !== undefined && { live }),
  };
}

/** Whether the page follows the log. What has an end gets no new entries. */
export function isLive({ live, end_date }: AuditLogSearch): boolean {
  return live !== undefined && end_date === undefined;
}

export function withLive(search: AuditLogSearch, on: boolean): AuditLogSearch {
  const { live: _gone, ...rest } = search;
  return on ? { ...rest, live: '1' } : rest;
}

export function hasDates(search: AuditLogSearch): boolean {
  return [search.range, search.start_date, search.end_date].some((value) => value !== undefined);
}

/** What the API is asked. Denied and system acts are always part of the log here. */
export function toApiQuery(search: AuditLogSearch, now: Date): ApiQuery {
  const { range, ...filters } = asked(search);
  const query: Record<string, unknown> = { ...filters, include: 'denied,system' };
  if (range !== undefined) {
    const start = rangeStart(range, now);
    if (start) query.start_date = start;
    // Not one of ours: for the API to refuse, rather than for the page to overlook.
    else query.range = range;
  }
  return query as ApiQuery;
}

function rangeStart(range: string, now: Date): string | null {
  const [, count, unit] = RANGE.exec(range) ?? [];
  if (!count) return null;
  return new Date(now.getTime() - Number(count) * (unit === 'h' ? HOUR : 24 * HOUR)).toISOString();
}

/** "Last 7 days", or null for a word that is no range. */
export function rangeTitle(range: string): string | null {
  const [, count, unit] = RANGE.exec(range) ?? [];
  if (!count) return null;
  const word = unit === 'h' ? 'hour' : 'day';
  return count === '1' ? `Last ${word}` : `Last ${count} ${word}s`;
}

function isMenuFilter(key: string): boolean {
  return (MENU_FILTERS as readonly string[]).includes(key);
}
