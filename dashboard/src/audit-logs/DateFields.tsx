import { type FormEvent, useState } from 'react';
import { usePreference } from '../shell/preferences';
import { Button } from '../ui/Button';
import { dayKey, type Zone, zoneName } from '../ui/time';
import { Calendar } from './Calendar';
import { chosen } from './calendar';
import { useAuditLog } from './context';
import styles from './DateMenu.module.css';
import { fromApiDate, type Moment, type Side, toApiDate } from './dates';
import type { DateRange } from './search';

/** Fixed ends. A day without a time is the whole day; an end that is left empty is open. */
export function DateFields({ onApply }: { onApply: (dates: DateRange) => void }) {
  const { search } = useAuditLog();
  const [zone, setZone] = usePreference('zone');
  const [start, setStart] = useState(() => fromApiDate(search.start_date, 'start', zone));
  const [end, setEnd] = useState(() => fromApiDate(search.end_date, 'end', zone));
  const [problem, setProblem] = useState<string | null>(null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const dates = readDates(start, end, zone);
    if (typeof dates === 'string') setProblem(dates);
    else onApply(dates);
  };
  const chooseDay = (day: string) => {
    const days = chosen({ start: start.date, end: end.date }, day);
    // Days are whole ones until a time is given in its field.
    setStart({ date: days.start, time: '' });
    setEnd({ date: days.end, time: '' });
    setProblem(null);
  };
  const chooseZone = (next: Zone) => {
    // The fields keep their instants and show them as the other zone's clocks do.
    setStart(fromApiDate(toApiDate(start, 'start', zone), 'start', next));
    setEnd(fromApiDate(toApiDate(end, 'end', zone), 'end', next));
    setZone(next);
  };

  return (
    <form className={styles.fields} onSubmit={submit} noValidate>
      <Calendar
        days={{ start: start.date, end: end.date }}
        today={dayKey(new Date(), zone)}
        onChoose={chooseDay}
      />
      <div className={styles.moments}>
        <MomentFields title="From" moment={start} onChange={setStart} />
        <MomentFields title="To" moment={end} onChange={setEnd} />
      </div>
      <ZoneChoice zone={zone} onChoose={chooseZone} />
      {problem && (
        <p className={styles.problem} role="alert">
          {problem}
        </p>
      )}
      <Button look="primary" type="submit">
        Apply
      </Button>
    </form>
  );
}

function readDates(start: Moment, end: Moment, zone: Zone): DateRange | string {
  if (!start.date && !end.date) return 'Choose a first or a last day.';
  if ((start.time && !start.date) || (end.time && !end.date)) return 'A time needs its day.';
  const range = { ...apiDate('start', start, zone), ...apiDate('end', end, zone) };
  // Not the API's own forms, in which a bare date stands for one end of its day or the other.
  const [from, to] = [start, end].map(({ date, time }) => date && `${date} ${time || '00:00'}`);
  if (from && to && (end.time ? from >= to : start.date > end.date)) {
    return '“From” must be before “To”.';
  }
  return range;
}

function apiDate(side: Side, moment: Moment, zone: Zone): DateRange {
  const date = toApiDate(moment, side, zone);
  return date === undefined ? {} : { [`${side}_date`]: date };
}

interface MomentFieldsProps {
  title: string;
  moment: Moment;
  onChange: (moment: Moment) => void;
}

function MomentFields({ title, moment, onChange }: MomentFieldsProps) {
  return (
    <fieldset className={styles.moment}>
      <legend>{title}</legend>
      <input
        type="date"
        aria-label={`${title}, day`}
        value={moment.date}
        max="9999-12-31"
        onChange={(event) => onChange({ ...moment, date: event.target.value })}
      />
      <input
        type="time"
        aria-label={`${title}, time (optional)`}
        value={moment.time}
        onChange={(event) => onChange({ ...moment, time: event.target.value })}
      />
    </fieldset>
  );
}

function ZoneChoice({ zone, onChoose }: { zone: Zone; onChoose: (zone: Zone) => void }) {
  const zones: [Zone, string][] = [
    ['local', `Local (${zoneName('local')})`],
    ['utc', 'UTC'],
  ];
  return (
    <fieldset className={styles.zones}>
      <legend>Times in</legend>
      {zones.map(([value, title]) => (
        <label key={value}>
          <input
            type="radio"
            name="zone"
            checked={zone === value}
            onChange={() => onChoose(value)}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
