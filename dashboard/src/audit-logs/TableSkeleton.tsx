import styles from './TableSkeleton.module.css';

/** Shown when there is nothing yet to show, and not at once: most answers come sooner. */
export function TableSkeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the audit log">
      {Array.from({ length: 14 }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: empty rows are all alike
        <div key={row} className={styles.row} aria-hidden>
          <span />
          <span />
          <span />
          <span />
        </div>
      ))}
    </div>
  );
}
