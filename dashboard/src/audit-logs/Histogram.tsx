import { useQuery } from '@tanstack/react-query';
import { ChartColumn } from 'lucide-react';
import { type PointerEvent, useRef, useState } from 'react';
import type { Histogram as HistogramData } from '../api/types';
import { usePreference } from '../shell/preferences';
import { useShortcuts } from '../shell/shortcuts';
import { Button } from '../ui/Button';
import { classes } from '../ui/classes';
import { useNow } from '../ui/use-now';
import { humanise } from '../ui/words';
import { useAuditLog } from './context';
import { describeDates } from './dates';
import styles from './Histogram.module.css';
import {
  type Bucket,
  countOf,
  heightsOf,
  OPERATIONS,
  rangeOf,
  sayTotal,
  titleOf,
} from './histogram';
import { histogramQuery } from './queries';
import { withDates } from './search';

/** How many entries there are over the time that is looked at; drawing over it looks closer. */
export function Histogram() {
  const { instanceId, search, zone } = useAuditLog();
  const [shown, show] = usePreference('histogram');
  const { data } = useQuery({
    ...histogramQuery(instanceId, search),
    enabled: shown === 'on',
  });
  const toggle = () => show(shown === 'on' ? 'off' : 'on');
  // Looking closer is a step in the history; Backspace takes it back, as in a file browser.
  const zoomed = search.start_date !== undefined && search.end_date !== undefined;
  useShortcuts({ h: toggle, Backspace: zoomed ? () => window.history.back() : undefined });
  const [hovered, setHovered] = useState<number | null>(null);
  const now = useNow();
  const bucket = hovered === null ? undefined : data?.data[hovered];

  return (
    <section className={styles.histogram} aria-label="Entries over time">
      {shown === 'on' && <Bars histogram={data} hovered={hovered} onHover={setHovered} />}
      <div className={styles.caption}>
        <Button look="quiet" aria-expanded={shown === 'on'} aria-keyshortcuts="h" onClick={toggle}>
          <ChartColumn size={13} aria-hidden />
          {shown === 'on' ? 'Hide the chart' : 'Show the chart'}
        </Button>
        {shown === 'on' && data && (
          <span className={styles.words}>
            {bucket
              ? `${titleOf(data, bucket, zone, now)} · ${sayCounts(bucket)}`
              : `${sayTotal(data)} · ${describeDates(search, zone)}`}
          </span>
        )}
        {shown === 'on' && data && <Legend />}
      </div>
      {shown === 'on' && data && <AsTable histogram={data} />}
    </section>
  );
}

interface BarsProps {
  histogram: HistogramData | undefined;
  hovered: number | null;
  onHover: (index: number | null) => void;
}

/**
 * For the eye and the pointer alone: whoever has neither reads the table below it, and sets dates in
 * the fields of the time menu (WCAG 2.5.7).
 */
function Bars({ histogram, hovered, onHover }: BarsProps) {
  const { changeSearch } = useAuditLog();
  const [from, setFrom] = useState<number | null>(null);
  const place = useRef<HTMLDivElement>(null);
  const buckets = histogram?.data ?? [];
  const highest = Math.max(1, ...buckets.map(countOf));

  const indexAt = (event: PointerEvent) => {
    const box = place.current?.getBoundingClientRect();
    if (!box || buckets.length === 0) return null;
    const at = Math.floor(((event.clientX - box.left) / box.width) * buckets.length);
    return Math.min(Math.max(at, 0), buckets.length - 1);
  };
  const look = (event: PointerEvent) => {
    const to = indexAt(event);
    if (histogram && from !== null && to !== null) {
      changeSearch((now) => withDates(now, rangeOf(histogram, from, to)));
    }
    setFrom(null);
  };
  const isChosen = (index: number) =>
    from !== null && hovered !== null && between(index, from, hovered);

  return (
    <div
      ref={place}
      className={styles.bars}
      aria-hidden
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom(indexAt(event));
      }}
      onPointerMove={(event) => onHover(indexAt(event))}
      onPointerLeave={() => onHover(null)}
      onPointerCancel={() => setFrom(null)}
      onPointerUp={look}
    >
      {buckets.map((bucket, index) => (
        <div
          key={bucket.start}
          className={classes(
            styles.bucket,
            index === hovered && styles.hovered,
            isChosen(index) && styles.chosen,
          )}
        >
          {heightsOf(bucket, highest).map(([operation, percent]) => (
            <div
              key={operation}
              className={classes(styles.part, styles[operation])}
              style={{ height: `${percent}%` }}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

function Legend() {
  return (
    <ul className={styles.legend} aria-hidden>
      {OPERATIONS.map((operation) => (
        <li key={operation}>
          <span className={classes(styles.swatch, styles[operation])} />
          {humanise(operation)}
        </li>
      ))}
    </ul>
  );
}

function AsTable({ histogram }: { histogram: HistogramData }) {
  const { zone } = useAuditLog();
  const now = useNow();
  const filled = histogram.data.filter((bucket) => countOf(bucket) > 0);
  return (
    <details className="sr-only">
      <summary>The chart as a table</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th>
            {OPERATIONS.map((operation) => (
              <th key={operation} scope="col">
                {humanise(operation)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {filled.map((bucket) => (
            <tr key={bucket.start}>
              <th scope="row">{titleOf(histogram, bucket, zone, now)}</th>
              {OPERATIONS.map((operation) => (
                <td key={operation}>{bucket.counts[operation] ?? 0}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

function sayCounts(bucket: Bucket): string {
  const counts = Object.entries(bucket.counts).filter(([, count]) => count > 0);
  if (counts.length === 0) return 'nothing';
  return counts.map(([operation, count]) => `${NUMBER.format(count)} ${operation}`).join(', ');
}

const NUMBER = new Intl.NumberFormat('en');

function between(index: number, one: number, other: number): boolean {
  return index >= Math.min(one, other) && index <= Math.max(one, other);
}
