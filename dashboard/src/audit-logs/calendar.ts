/** Days as text, 2026-11-20: they compare as they follow one another, and no clock can shift them. */
export type Day = string;

export interface Days {
  readonly start: Day;
  /** The last one, which is part of it; either may be empty. */
  readonly end: Day;
}

export function addDays(day: Day, count: number): Day {
  const date = dateOf(day);
  date.setUTCDate(date.getUTCDate() + count);
  return dayOf(date);
}

/** The same day of another month, or its last one where that is shorter. */
export function addMonths(day: Day, count: number): Day {
  const date = dateOf(`${day.slice(0, 7)}-01`);
  date.setUTCMonth(date.getUTCMonth() + count);
  const last = daysIn(date);
  date.setUTCDate(Math.min(Number(day.slice(8)), last));
  return dayOf(date);
}

/** The weeks of the month of a day, from Monday on; null where a day is of another month. */
export function weeksOf(day: Day): (Day | null)[][] {
  const first = `${day.slice(0, 7)}-01`;
  const before = weekday(first);
  const count = daysIn(dateOf(first));
  return Array.from({ length: Math.ceil((before + count) / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, place) => {
      const at = week * 7 + place - before;
      return at >= 0 && at < count ? addDays(first, at) : null;
    }),
  );
}

/** Where a key leads from a day (the grid of the ARIA date picker); null for any other key. */
export function moved(day: Day, key: string, withShift: boolean): Day | null {
  switch (key) {
    case 'ArrowLeft':
      return addDays(day, -1);
    case 'ArrowRight':
      return addDays(day, 1);
    case 'ArrowUp':
      return addDays(day, -7);
    case 'ArrowDown':
      return addDays(day, 7);
    case 'Home':
      return addDays(day, -weekday(day));
    case 'End':
      return addDays(day, 6 - weekday(day));
    case 'PageUp':
      return addMonths(day, withShift ? -12 : -1);
    case 'PageDown':
      return addMonths(day, withShift ? 12 : 1);
    default:
      return null;
  }
}

/** The first day chosen begins a range, the second one ends it, whichever is earlier; then anew. */
export function chosen({ start, end }: Days, day: Day): Days {
  if (!start || end) return { start: day, end: '' };
  return day < start ? { start: day, end: start } : { start, end: day };
}

export function isWithin({ start, end }: Days, day: Day): boolean {
  return end ? start <= day && day <= end : day === start;
}

/** Monday is 0. */
function weekday(day: Day): number {
  return (dateOf(day).getUTCDay() + 6) % 7;
}

function daysIn(month: Date): number {
  return new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
}

function dateOf(day: Day): Date {
  return new Date(`${day}T00:00:00Z`);
}

function dayOf(date: Date): Day {
  return date.toISOString().slice(0, 10);
}
