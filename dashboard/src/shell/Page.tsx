import { type ReactNode, useId } from 'react';
import styles from './Page.module.css';
import { useTitle } from './use-title';

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** What one comes here to do, at the end of the heading. */
  action?: ReactNode;
  children: ReactNode;
}

/** A page of an instance: its heading, a line on what it is for, and its content. */
export function Page({ title, lead, action, children }: PageProps) {
  useTitle(title);
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        {action && <div className={styles.action}>{action}</div>}
        {lead && <p className={styles.lead}>{lead}</p>}
      </header>
      {children}
    </main>
  );
}

/** A part of a page that has several. */
export function PageSection({ title, lead, action, children }: PageProps) {
  const titleId = useId();
  return (
    <section className={styles.section} aria-labelledby={titleId}>
      <header className={styles.header}>
        <h2 id={titleId} className={styles.sectionTitle}>
          {title}
        </h2>
        {action && <div className={styles.action}>{action}</div>}
        {lead && <p className={styles.lead}>{lead}</p>}
      </header>
      {children}
    </section>
  );
}
