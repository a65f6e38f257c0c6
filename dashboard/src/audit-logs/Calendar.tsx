import { ChevronLeft, ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { IconButton } from '../ui/Button';
import styles from './Calendar.module.css';
import { addMonths, type Day, type Days, isWithin, moved, weeksOf } from './calendar';

interface CalendarProps {
  days: Days;
  today: Day;
  onChoose: (day: Day) => void;
}

/** Two months to choose days in. One day is a stop for the keyboard; from there the arrows move. */
export function Calendar({ days, today, onChoose }: CalendarProps) {
  const [at, setAt] = useState(() => days.end || days.start || today);
  // The later of both months is the one of interest: the log has no future.
  const [first, setFirst] = useState(() => addMonths(at, -1));
  const grids = useRef<HTMLDivElement>(null);
  const byKey = useRef(false);
  const months = [first, addMonths(first, 1)];
  const isShown = months.some((month) => sameMonth(month, at));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the day, once it is drawn
  useEffect(() => {
    if (byKey.current) grids.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
    byKey.current = false;
  }, [at]);

  const move = (event: KeyboardEvent) => {
    const next = moved(at, event.key, event.shiftKey);
    if (!next) return;
    event.preventDefault();
    byKey.current = true;
    setAt(next);
    if (next < first.slice(0, 7)) setFirst(next);
    else if (!months.some((month) => sameMonth(month, next))) setFirst(addMonths(next, -1));
  };
  const turn = (count: number) => {
    const next = addMonths(first, count);
    setFirst(next);
    if (!sameMonth(at, next) && !sameMonth(at, addMonths(next, 1))) setAt(next);
  };

  return (
    <div className={styles.calendar}>
      <IconButton label="Previous month" className={styles.previous} onClick={() => turn(-1)}>
        <ChevronLeft size={16} aria-hidden />
      </IconButton>
      <IconButton label="Next month" className={styles.next} onClick={() => turn(1)}>
        <ChevronRight size={16} aria-hidden />
      </IconButton>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the grids in it */}
      <div ref={grids} className={styles.months} onKeyDown={move}>
        {months.map((month) => (
          <Month
            key={month}
            month={month}
            days={days}
            today={today}
            stop={isShown ? at : null}
            onChoose={(day) => {
              setAt(day);
              onChoose(day);
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface MonthProps extends CalendarProps {
  /** Any day of it. */
  month: Day;
  /** The day that Tab leads to. */
  stop: Day | null;
}

function Month({ month, days, today, stop, onChoose }: MonthProps) {
  const id = useId();
  return (
    <div>
      <h3 id={id} className={styles.title} aria-live="polite">
        {say(month, { month: 'long', year: 'numeric' })}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table that the arrow keys move in */}
      <table role="grid" aria-labelledby={id}>
        <thead>
          <tr>
            {WEEKDAYS.map(([short, long]) => (
              <th key={long} scope="col" abbr={long}>
                {short}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, place) =>
                day === null ? (
                  // biome-ignore lint/suspicious/noArrayIndexKey: it has no other name than its weekday
                  <td key={place} />
                ) : (
                  // biome-ignore lint/a11y/useFocusableInteractive: the button in it is
                  <td
                    key={day}
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: as the table
                    role="gridcell"
                    aria-selected={isWithin(days, day)}
                    data-end={day === days.start || day === days.end || undefined}
                  >
                    <button
                      type="button"
                      tabIndex={day === stop ? 0 : -1}
                      aria-current={day === today ? 'date' : undefined}
                      aria-label={say(day, DATE)}
                      onClick={() => onChoose(day)}
                    >
                      {Number(day.slice(8))}
                    </button>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const DATE = { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' } as const;
const WEEKDAYS = [
  ['Mo', 'Monday'],
  ['Tu', 'Tuesday'],
  ['We', 'Wednesday'],
  ['Th', 'Thursday'],
  ['Fr', 'Friday'],
  ['Sa', 'Saturday'],
  ['Su', 'Sunday'],
] as const;

function sameMonth(one: Day, other: Day): boolean {
  return one.slice(0, 7) === other.slice(0, 7);
}

function say(day: Day, options: Intl.DateTimeFormatOptions): string {
  const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`)).replace(',', '');
}
