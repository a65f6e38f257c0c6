import { Ban, Braces, Link2 } from 'lucide-react';
import type { Ref } from 'react';
import type { Entry } from '../api/types';
import { CopyButton, CopyIconButton } from '../ui/CopyButton';
import { toJson } from '../ui/json';
import { Tag } from '../ui/Tag';
import { Text } from '../ui/Text';
import { exactTime, relativeTime, zoneName } from '../ui/time';
import { useNow } from '../ui/use-now';
import { actorName, actorWords, erasedWord, isErased } from './actor';
import { useAuditLog } from './context';
import styles from './EntryPane.module.css';
import { DeniedTag, OperationTag } from './OperationTag';
import { Sentence } from './Sentence';

interface EntrySummaryProps {
  entry: Entry;
  heading: Ref<HTMLHeadingElement>;
  headingId: string;
}

/** The head of the pane: what was done, when, and how to point at it. */
export function EntrySummary({ entry, heading, headingId }: EntrySummaryProps) {
  const { words } = useAuditLog();
  const denied = entry.outcome === 'denied';
  return (
    <header className={styles.summary}>
      <p className={styles.tags}>
        <OperationTag operation={entry.operation} />
        {denied && <DeniedTag />}
        <Tag>{words.feature(entry.feature)}</Tag>
        {entry.actor_type === 'system' && <Tag>Automatic</Tag>}
      </p>
      <h2 id={headingId} ref={heading} tabIndex={-1} className={styles.title}>
        <Text value={actorName(entry) ?? actorWords(entry)} /> {denied && 'was refused: '}
        <Sentence entry={entry} words={words} />
      </h2>
      {denied && (
        <p className={styles.denied}>
          <Ban size={15} aria-hidden />
          This was tried and refused. Nothing was changed.
        </p>
      )}
      {isErased(entry) && (
        <p className={styles.erased}>
          The personal details of this entry are {erasedWord(entry)}: names, addresses and what they
          were called. What was done, and by which id, stays.
        </p>
      )}
      <Times at={entry.created_at} />
      <p className={styles.id}>
        <code>{entry.id}</code>
        <CopyIconButton label="Copy entry id" text={() => entry.id} />
      </p>
      <div className={styles.copies}>
        <CopyButton label="Copy link" icon={Link2} text={() => linkTo(entry.id)} />
        <CopyButton label="Copy JSON" icon={Braces} text={() => toJson(entry)} />
      </div>
    </header>
  );
}

function Times({ at }: { at: string }) {
  const now = useNow();
  const date = new Date(at);
  const local = zoneName('local', date);
  return (
    <p className={styles.times}>
      <time dateTime={at}>{relativeTime(date, now)}</time>
      {local !== 'UTC' && (
        <span>
          {exactTime(date, 'local')} <small>{local}</small>
        </span>
      )}
      <span>
        {exactTime(date, 'utc')} <small>UTC</small>
      </span>
    </p>
  );
}

/** To the entry itself: whoever gets the link need not look through the same filters. */
function linkTo(entryId: string): string {
  const url = new URL(window.location.href);
  url.hash = '';
  url.search = new URLSearchParams({ entry: entryId }).toString();
  return url.href;
}
