import type { ReactNode } from 'react';
import { Wordmark } from '../shell/Wordmark';
import styles from './CenteredPage.module.css';

interface CenteredPageProps {
  title: string;
  busy?: boolean;
  children: ReactNode;
}

/** The frame of what comes before an instance: signing in and choosing. */
export function CenteredPage({ title, busy = false, children }: CenteredPageProps) {
  return (
    <main id="main" className={styles.page} aria-busy={busy}>
      <div className={styles.column}>
        <Wordmark />
        <h1 className={styles.title}>{title}</h1>
        {children}
      </div>
    </main>
  );
}
