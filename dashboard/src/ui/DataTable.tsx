import type { UseQueryResult } from '@tanstack/react-query';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './DataTable.module.css';
import { Message } from './Message';
import { ProblemMessage } from './ProblemMessage';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Of numbers: aligned to the end, in figures of one width. */
  readonly numeric?: boolean;
}

interface DataTableProps<Row> {
  /** What the rows are, for who hears the page: "API keys". */
  label: string;
  query: Pick<UseQueryResult<readonly Row[]>, 'data' | 'error' | 'refetch'>;
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  empty: { icon: LucideIcon; title: string; text: ReactNode };
}

/** The rows of a resource, or what there is to say instead: loading, refused, broken, none yet. */
export function DataTable<Row>({ label, query, columns, rowKey, empty }: DataTableProps<Row>) {
  const { data, error, refetch } = query;
  if (error && !data) {
    return <ProblemMessage title={`${label}: nothing loaded`} error={error} onRetry={refetch} />;
  }
  if (!data) return <p className={styles.loading}>Loading…</p>;
  if (data.length === 0) {
    return (
      <Message icon={empty.icon} title={empty.title}>
        <p>{empty.text}</p>
      </Message>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so the keyboard must reach it
    <section className={styles.scroll} aria-label={label} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map(({ title, numeric }) => (
              <th key={title} scope="col" className={classes(numeric && styles.numeric)}>
                {title || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ title, cell, numeric }) => (
                <td key={title} className={classes(numeric && styles.numeric)}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
