import type { UseQueryResult } from '@tanstack/react-query';
import { Page } from '../shell/Page';
import { ProblemMessage } from '../ui/ProblemMessage';
import styles from './LoadingPage.module.css';

interface LoadingPageProps {
  /** What the page is of, while nothing more is known. */
  title: string;
  query: Pick<UseQueryResult, 'error' | 'refetch'>;
}

/** A page of one thing before it is there, and when it does not come. */
export function LoadingPage({ title, query: { error, refetch } }: LoadingPageProps) {
  return (
    <Page title={title}>
      {error ? (
        <ProblemMessage title={`${title}: nothing loaded`} error={error} onRetry={refetch} />
      ) : (
        <p className={styles.loading}>Loading…</p>
      )}
    </Page>
  );
}
