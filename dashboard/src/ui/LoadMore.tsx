import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from './Button';
import { FormProblem } from './FormProblem';
import styles from './LoadMore.module.css';

interface LoadMoreProps {
  list: Pick<
    UseInfiniteQueryResult,
    'error' | 'fetchNextPage' | 'hasNextPage' | 'isFetchNextPageError' | 'isFetchingNextPage'
  >;
  /** What the button says: "Show older events". */
  words: string;
}

/** The way on below a list that came in part, and why it did not go on. */
export function LoadMore({ list, words }: LoadMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <div className={styles.more}>
      {list.isFetchNextPageError && <FormProblem id="more-problem" error={list.error} />}
      <Button disabled={list.isFetchingNextPage} onClick={() => list.fetchNextPage()}>
        {list.isFetchingNextPage ? 'Loading…' : words}
      </Button>
    </div>
  );
}
