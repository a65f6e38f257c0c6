import { useShortcuts } from '../shell/shortcuts';
import { Button } from '../ui/Button';
import { useAuditLog } from './context';
import styles from './Live.module.css';
import { withLive } from './search';
import type { Live } from './use-live';

/** Whether the page follows the log. */
export function LiveButton({ live: { on, failure } }: { live: Live }) {
  const { search, changeSearch } = useAuditLog();
  const hasEnd = search.end_date !== undefined;
  const turn = () => {
    if (!hasEnd) changeSearch((now) => withLive(now, !on), { replace: true });
  };
  useShortcuts({ l: turn });

  return (
    <Button
      id="live"
      className={styles.button}
      aria-pressed={on}
      aria-disabled={hasEnd || undefined}
      aria-keyshortcuts="l"
      title={
        hasEnd
          ? 'What has an end gets no new entries: choose a time up to now to follow it'
          : 'New entries appear by themselves (L)'
      }
      onClick={turn}
    >
      <span className={styles.dot} data-state={on ? (failure ? 'failing' : 'on') : 'off'} />
      Live
    </Button>
  );
}
