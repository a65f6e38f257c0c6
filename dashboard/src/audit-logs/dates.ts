import { dateTitle, dayKey, timeOfDay, type Zone } from '../ui/time';
import { type AuditLogSearch, rangeTitle } from './search';

/**
 * Between the API's dates and two pairs of fields. The API's range is half-open, [start, end), and
 * its bare date is a whole UTC day, at both ends; a reader means "to the 20th" with the 20th in it.
 */
export interface Moment {
  /** 2026-11-20, or empty for an open end. */
  readonly date: string;
  /** 14:30 or 14:30:05; empty for the whole day. */
  readonly time: string;
}

export type Side = 'start' | 'end';

const BARE = /^\d{4}-\d{2}-\d{2}$/;
const DAY = 86_400_000;

export function toApiDate({ date, time }: Moment, side: Side, zone: Zone): string | undefined {
  if (!BARE.test(date)) return undefined;
  if (zone === 'utc') return time ? `${date}T${withSeconds(time)}Z` : date;
  const moment = new Date(`${date}T${time ? withSeconds(time) : '00:00:00'}`);
  // By the calendar, as a day on which the clocks change has not 24 hours.
  if (!time && side === 'end') moment.setDate(moment.getDate() + 1);
  if (Number.isNaN(moment.getTime())) return undefined;
  return moment.toISOString().replace('.000Z', 'Z');
}

export function fromApiDate(text: string | undefined, side: Side, zone: Zone): Moment {
  const instant = instantOf(text, side);
  if (!instant) return { date: '', time: '' };
  const time = timeOfDay(instant, zone);
  if (time !== '00:00:00') return { date: dayKey(instant, zone), time: time.replace(/:00$/, '') };
  const day = side === 'end' ? new Date(instant.getTime() - 1) : instant;
  return { date: dayKey(day, zone), time: '' };
}

/** The range in words: "Last 7 days", "20 Nov 2026 – 22 Nov 2026", "From 20 Nov 2026, 14:30". */
export function describeDates(search: AuditLogSearch, zone: Zone): string {
  if (search.range !== undefined) return rangeTitle(search.range) ?? search.range;
  const start = describeEnd(search.start_date, 'start', zone);
  const end = describeEnd(search.end_date, 'end', zone);
  if (start && end) return start === end ? start : `${start} – ${end}`;
  if (start) return `From ${start}`;
  if (end) return `Until ${end}`;
  return 'All time';
}

function describeEnd(text: string | undefined, side: Side, zone: Zone): string {
  const instant = instantOf(text, side);
  // What is no date is shown as it stands; the API will say what is wrong with it.
  if (!instant) return text ?? '';
  const { time } = fromApiDate(text, side, zone);
  if (time) return `${dateTitle(instant, zone)}, ${time}`;
  return dateTitle(side === 'end' ? new Date(instant.getTime() - 1) : instant, zone);
}

function instantOf(text: string | undefined, side: Side): Date | null {
  if (!text) return null;
  const time = BARE.test(text) ? Date.parse(text) + (side === 'end' ? DAY : 0) : Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time);
}

function withSeconds(time: string): string {
  return time.length === 5 ? `${time}:00` : time;
}
