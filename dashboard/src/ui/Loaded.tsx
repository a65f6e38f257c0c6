import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import styles from './Loaded.module.css';
import { ProblemMessage } from './ProblemMessage';

interface LoadedProps<Data> {
  /** What it is, for the sentence that says that it did not load: "Billing details". */
  label: string;
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'refetch'>;
  children: (data: Data) => ReactNode;
}

/** What was asked for once it is there, or what there is to say until then. */
export function Loaded<Data>({ label, query, children }: LoadedProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  if (error) {
    return <ProblemMessage title={`${label}: nothing loaded`} error={error} onRetry={refetch} />;
  }
  return <p className={styles.loading}>Loading…</p>;
}
