import { CircleAlert, RotateCw } from 'lucide-react';
import { Problem } from '../api/problem';
import { Button } from './Button';
import { CopyIconButton } from './CopyButton';
import { Message } from './Message';
import styles from './ProblemMessage.module.css';
import { Text } from './Text';

interface ProblemProps {
  title: string;
  error: unknown;
  onRetry: () => void;
}

/** What went wrong, the id to ask about it with, and a way to try again. */
export function ProblemMessage({ title, error, onRetry }: ProblemProps) {
  return (
    <Message icon={CircleAlert} title={title} urgent>
      <ProblemText error={error} />
      <Button onClick={onRetry} className={styles.retry}>
        <RotateCw size={14} aria-hidden />
        Retry
      </Button>
    </Message>
  );
}

export function ProblemText({ error }: { error: unknown }) {
  if (!(error instanceof Problem)) return <p>Something unexpected happened.</p>;
  // With one detail the description often is that detail.
  const details = error.details.filter((detail) => !error.message.includes(detail));
  return (
    <>
      <p>
        <Text value={error.message} />
      </p>
      {details.length > 0 && (
        <ul>
          {details.map((detail) => (
            <li key={detail}>
              <Text value={detail} />
            </li>
          ))}
        </ul>
      )}
      {error.traceId && (
        <p className={styles.trace}>
          Trace id{' '}
          <code>
            <Text value={error.traceId} />
          </code>
          <CopyIconButton label="Copy trace id" text={() => error.traceId ?? ''} />
        </p>
      )}
    </>
  );
}
