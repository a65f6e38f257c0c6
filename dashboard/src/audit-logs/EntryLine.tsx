import type { Entry } from '../api/types';
import { Text } from '../ui/Text';
import { exactTime, relativeTime } from '../ui/time';
import { useNow } from '../ui/use-now';
import { actorWords } from './actor';
import { useAuditLog } from './context';
import styles from './EntryLine.module.css';
import { DeniedTag } from './OperationTag';
import { Sentence } from './Sentence';
import { withEntry } from './search';

/** Another entry in one line: who did what, when and from where. It opens in the same pane. */
export function EntryLine({ entry }: { entry: Entry }) {
  const { words, zone, changeSearch } = useAuditLog();
  const now = useNow();
  const at = new Date(entry.created_at);
  return (
    <button
      type="button"
      className={styles.line}
      onClick={() => changeSearch((search) => withEntry(search, entry.id))}
    >
      <span>
        {entry.outcome === 'denied' && <DeniedTag />} <Text value={actorWords(entry)} />{' '}
        {entry.outcome === 'denied' && 'was refused: '}
        <Sentence entry={entry} words={words} />
      </span>
      <span className={styles.when}>
        <time dateTime={entry.created_at} title={exactTime(at, zone)}>
          {relativeTime(at, now)}
        </time>
        {entry.country && (
          <>
            {' · '}
            <Text value={entry.country} />
          </>
        )}
        {entry.ip_address && (
          <>
            {' · '}
            <Text value={entry.ip_address} className="mono" />
          </>
        )}
      </span>
    </button>
  );
}
