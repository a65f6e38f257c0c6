import type { Histogram } from '../api/types';
import { dayTitle, timeOfDay, type Zone } from '../ui/time';
import type { DateRange } from './search';

export type Bucket = Histogram['data'][number];

/** From the bottom of a bar to its top. */
export const OPERATIONS = ['create', 'update', 'delete'] as const;

export function countOf(bucket: Bucket): number {
  return Object.values(bucket.counts).reduce((sum, count) => sum + count, 0);
}

/** How much of a bar's height each operation takes, in percent of the highest bar. */
export function heightsOf(bucket: Bucket, highest: number): [operation: string, percent: number][] {
  const others = Object.keys(bucket.counts).filter(
    (name) => !(OPERATIONS as readonly string[]).includes(name),
  );
  return [...OPERATIONS, ...others].flatMap((operation) => {
    const count = bucket.counts[operation] ?? 0;
    return count > 0 ? [[operation, (100 * count) / highest]] : [];
  });
}

/** The time from one bucket to another, both included, as the API's half-open range. */
export function rangeOf(histogram: Histogram, from: number, to: number): DateRange {
  const first = histogram.data[Math.min(from, to)];
  const last = histogram.data[Math.max(from, to)];
  if (!first || !last) return {};
  return {
    start_date: iso(new Date(first.start)),
    end_date: iso(new Date(endOf(histogram, last))),
  };
}

/** "Mon 23 Nov 04:00:00 – 05:00:00", or the days where a bucket is longer than one. */
export function titleOf(histogram: Histogram, bucket: Bucket, zone: Zone, now: Date): string {
  const start = new Date(bucket.start);
  const end = new Date(endOf(histogram, bucket));
  if (histogram.width_seconds >= 86_400) {
    const last = new Date(end.getTime() - 1);
    const [from, to] = [dayTitle(start, zone, now), dayTitle(last, zone, now)];
    return from === to ? from : `${from} – ${to}`;
  }
  return `${dayTitle(start, zone, now)} ${timeOfDay(start, zone)} – ${timeOfDay(end, zone)}`;
}

/** "1,284 entries", "about 12,000 entries" where they are not counted one by one. */
export function sayTotal(histogram: Histogram): string {
  const total = histogram.data.reduce((sum, bucket) => sum + countOf(bucket), 0);
  const about = histogram.approximate ? 'about ' : '';
  return `${about}${NUMBER.format(total)} ${total === 1 ? 'entry' : 'entries'}`;
}

const NUMBER = new Intl.NumberFormat('en');

function endOf(histogram: Histogram, bucket: Bucket): number {
  return Date.parse(bucket.start) + histogram.width_seconds * 1000;
}

function iso(date: Date): string {
  return date.toISOString().replace('.000Z', 'Z');
}
