import { type ReactNode, useId } from 'react';
import { Text } from '../ui/Text';
import styles from './Page.module.css';
import { useTitle } from './use-title';

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** What one comes here to do, at the end of the heading. */
  action?: ReactNode;
  children: ReactNode;
}

interface WholePageProps extends PageProps {
  /** The way to the pages above this one. */
  above?: ReactNode;
}

/** A page of an instance: its heading, a line on what it is for, and its content. */
export function Page({ title, lead, action, above, children }: WholePageProps) {
  useTitle(title);
  return (
    <main id="main" tabIndex={-1} className={styles.page}>
      <header className={styles.header}>
        {above && <div className={styles.above}>{above}</div>}
        <h1 className={styles.title}>
          <Text value={title} />
        </h1>
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
