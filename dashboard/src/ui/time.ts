/** Times in words, in the zone that the reader chose. */
export type Zone = 'local' | 'utc';

const LANGUAGE = 'en-GB';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(name: string, zone: Zone, options: Intl.DateTimeFormatOptions) {
  const key = `${name} ${zone}`;
  let found = formats.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(LANGUAGE, {
      ...options,
      hourCycle: 'h23',
      ...(zone === 'utc' && { timeZone: 'UTC' }),
    });
    formats.set(key, found);
  }
  return found;
}

function part(name: string, zone: Zone, date: Date, options: Intl.DateTimeFormatOptions): string {
  return format(name, zone, options).format(date);
}

/** 14:03:22 */
export function timeOfDay(date: Date, zone: Zone): string {
  return part('time', zone, date, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** 2026-11-23, to tell days apart and to fill date fields. */
export function dayKey(date: Date, zone: Zone): string {
  const parts = format('day', zone, { year: 'numeric', month: '2-digit', day: '2-digit' });
  const of = Object.fromEntries(parts.formatToParts(date).map((p) => [p.type, p.value]));
  return `${of.year?.padStart(4, '0')}-${of.month}-${of.day}`;
}

/** Today, Yesterday, Fri 20 Nov, Fri 20 Nov 2025. */
export function dayTitle(date: Date, zone: Zone, now: Date): string {
  const key = dayKey(date, zone);
  if (key === dayKey(now, zone)) return 'Today';
  if (key === dayKey(new Date(now.getTime() - 86_400_000), zone)) return 'Yesterday';
  const sameYear = key.slice(0, 4) === dayKey(now, zone).slice(0, 4);
  return part(sameYear ? 'dayTitle' : 'dayTitleYear', zone, date, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
  }).replace(',', '');
}

/** 23 Nov 2026 */
export function dateTitle(date: Date, zone: Zone): string {
  return part('date', zone, date, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** 23 Nov 2026, 04:00:00.123 */
export function exactTime(date: Date, zone: Zone): string {
  const millis = String(date.getUTCMilliseconds()).padStart(3, '0');
  return `${dateTitle(date, zone)}, ${timeOfDay(date, zone)}.${millis}`;
}

/** UTC, or the local zone's short name (GMT-3) on that day. */
export function zoneName(zone: Zone, date: Date = new Date()): string {
  if (zone === 'utc') return 'UTC';
  const parts = format('zone', zone, { timeZoneName: 'short' }).formatToParts(date);
  return parts.find((p) => p.type === 'timeZoneName')?.value ?? 'local';
}

const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** 3 hours ago */
export function relativeTime(date: Date, now: Date): string {
  const seconds = Math.round((date.getTime() - now.getTime()) / 1000);
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.trunc(seconds / size), unit);
  }
  return Math.abs(seconds) < 10 ? 'just now' : RELATIVE.format(seconds, 'second');
}
