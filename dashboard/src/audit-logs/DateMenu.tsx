import { CalendarDays, Check, ChevronDown } from 'lucide-react';
import { Popover } from 'radix-ui';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '../shell/shortcuts';
import { Button } from '../ui/Button';
import { classes } from '../ui/classes';
import { plain } from '../ui/hostile';
import menuStyles from '../ui/menu.module.css';
import { useAuditLog } from './context';
import styles from './DateMenu.module.css';
import { describeDates } from './dates';
import { type DateRange, hasDates, rangeTitle, withDates } from './search';

// Not part of what a first visit loads: most choose a span.
const DateFields = lazy(() =>
  import('./DateFields').then(({ DateFields }) => ({ default: DateFields })),
);

const PRESETS = ['1h', '24h', '7d', '30d', '90d'];

/** When: a span up to now, which moves with the time, or fixed ends. */
export function DateMenu() {
  const { search, zone, changeSearch } = useAuditLog();
  const [isOpen, setOpen] = useState(false);
  const choose = (dates: DateRange) => {
    changeSearch((now) => withDates(now, dates));
    setOpen(false);
  };
  useShortcuts({ t: () => setOpen(true) });
  const label = plain(describeDates(search, zone));

  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button aria-label={`Time: ${label}`} aria-keyshortcuts="t" className={styles.trigger}>
          <CalendarDays size={14} aria-hidden />
          <span className={styles.label}>{label}</span>
          <ChevronDown size={13} aria-hidden />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={classes(menuStyles.panel, styles.wide)}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          aria-label="Time"
        >
          <div className={styles.panel}>
            <ul className={styles.presets}>
              <Preset title="All time" chosen={!hasDates(search)} onChoose={() => choose({})} />
              {PRESETS.map((range) => (
                <Preset
                  key={range}
                  title={rangeTitle(range) ?? range}
                  chosen={search.range === range}
                  onChoose={() => choose({ range })}
                />
              ))}
            </ul>
            <Suspense fallback={<div className={styles.fields} />}>
              <DateFields onApply={choose} />
            </Suspense>
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface PresetProps {
  title: string;
  chosen: boolean;
  onChoose: () => void;
}

function Preset({ title, chosen, onChoose }: PresetProps) {
  return (
    <li>
      <button
        type="button"
        className={styles.preset}
        aria-current={chosen || undefined}
        onClick={onChoose}
      >
        <span className={menuStyles.check}>{chosen && <Check size={14} aria-hidden />}</span>
        {title}
      </button>
    </li>
  );
}
