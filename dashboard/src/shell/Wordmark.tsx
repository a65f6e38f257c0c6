import styles from './Wordmark.module.css';

export function Wordmark() {
  return (
    <span className={styles.wordmark}>
      <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
        <rect width="32" height="32" rx="7" className={styles.page} />
        <path d="M9 8h9a8 8 0 0 1 0 16H9z" className={styles.letter} />
        <path d="M13 13.5h6M13 18.5h6" className={styles.lines} />
      </svg>
      Deedbook
    </span>
  );
}
