import { ArrowUp } from 'lucide-react';
import { useEffect } from 'react';
import { Problem } from '../api/problem';
import { announce } from '../ui/announce';
import { Button } from '../ui/Button';
import styles from './Live.module.css';
import { sayNew } from './live';
import type { Live } from './use-live';

/** Over the top of the list: what waits to enter it, or why nothing does. */
export function LiveBar({ live: { failure, waiting, show, retry } }: { live: Live }) {
  const words = failure && sayFailure(failure.error);
  useEffect(() => {
    if (words) announce(words);
  }, [words]);

  if (!failure && waiting === 0) return null;
  return (
    <div className={styles.bar}>
      {failure && (
        <p className={styles.failure}>
          <span>
            {words} Trying again
            {failure.delay < 2_000 ? '' : ` in ${failure.delay / 1_000} seconds`}.
          </span>
          <Button look="quiet" onClick={retry}>
            Try now
          </Button>
        </p>
      )}
      {waiting > 0 && (
        <Button look="primary" className={styles.new} aria-keyshortcuts="." onClick={show}>
          <ArrowUp size={14} aria-hidden />
          {sayNew(waiting)}
        </Button>
      )}
    </div>
  );
}

function sayFailure(error: unknown): string {
  const why = error instanceof Problem ? error.message : 'Something went wrong.';
  return `New entries do not come in: ${why}`;
}
