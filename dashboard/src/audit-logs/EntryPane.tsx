import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type Ref, useEffect, useId, useRef } from 'react';
import { isProblem } from '../api/problem';
import type { Entry } from '../api/types';
import { announce } from '../ui/announce';
import { IconButton } from '../ui/Button';
import { plain } from '../ui/hostile';
import { ProblemMessage } from '../ui/ProblemMessage';
import { Text } from '../ui/Text';
import { actorWords } from './actor';
import { useAuditLog } from './context';
import { EntryDetails } from './EntryDetails';
import styles from './EntryPane.module.css';
import { EntrySummary } from './EntrySummary';
import { isId } from './ids';
import { entryQuery } from './queries';
import { plainSentence, sentenceOf } from './sentence';
import type { EntrySteps } from './use-entry-keys';

interface EntryPaneProps extends EntrySteps {
  id: string;
  /** The entry, when the list has it already. */
  inList: Entry | undefined;
  /** Grows whenever a reader opens an entry, as against stepping to it: then the focus follows. */
  focusRequest: number;
  onClose: () => void;
}

/** One entry in full, beside the list and without shutting it off. */
export function EntryPane({ id, inList, focusRequest, ...steps }: EntryPaneProps) {
  const { instanceId, words } = useAuditLog();
  // What is no id of an entry would be another address of the API.
  const isEntry = isId('al', id);
  const query = useQuery({ ...entryQuery(instanceId, id), enabled: !inList && isEntry });
  const entry = inList ?? query.data;
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const scroller = useRef<HTMLElement>(null);

  useEffect(() => {
    if (focusRequest > 0) heading.current?.focus();
  }, [focusRequest]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another entry is read from its top
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0;
  }, [id]);

  useEffect(() => {
    if (!entry) return;
    const act = plainSentence(sentenceOf(words.sentence(entry), entry));
    announce(`${plain(actorWords(entry))} ${act}`);
  }, [entry, words]);

  return (
    <aside ref={scroller} className={styles.pane} aria-labelledby={headingId}>
      <PaneBar {...steps} />
      {entry ? (
        <>
          <EntrySummary entry={entry} heading={heading} headingId={headingId} />
          <EntryDetails entry={entry} />
        </>
      ) : (
        <>
          <PlainHeading id={headingId} ref={heading} />
          {!isEntry && <MissingEntry id={id} />}
          {query.isError && <EntryProblem id={id} error={query.error} onRetry={query.refetch} />}
        </>
      )}
    </aside>
  );
}

function PaneBar({ onPrevious, onNext, onClose }: EntrySteps & { onClose: () => void }) {
  return (
    <div className={styles.bar}>
      <span className={styles.barTitle}>Entry</span>
      {(onPrevious ?? onNext) && (
        <>
          <IconButton
            label="Previous entry (K)"
            disabled={!onPrevious}
            onClick={() => onPrevious?.()}
          >
            <ChevronUp size={16} aria-hidden />
          </IconButton>
          <IconButton label="Next entry (J)" disabled={!onNext} onClick={() => onNext?.()}>
            <ChevronDown size={16} aria-hidden />
          </IconButton>
        </>
      )}
      <IconButton label="Close (Esc)" onClick={onClose}>
        <X size={16} aria-hidden />
      </IconButton>
    </div>
  );
}

function PlainHeading({ id, ref }: { id: string; ref: Ref<HTMLHeadingElement> }) {
  return (
    <h2 id={id} ref={ref} tabIndex={-1} className="sr-only">
      Entry
    </h2>
  );
}

interface EntryProblemProps {
  id: string;
  error: unknown;
  onRetry: () => void;
}

function EntryProblem({ id, error, onRetry }: EntryProblemProps) {
  if (isProblem(error, 404)) return <MissingEntry id={id} />;
  return <ProblemMessage title="The entry did not load" error={error} onRetry={onRetry} />;
}

function MissingEntry({ id }: { id: string }) {
  return (
    <p className={styles.missing}>
      This instance has no entry with the id{' '}
      <code>
        <Text value={id} />
      </code>
      .
    </p>
  );
}
