import type { ReactNode } from 'react';
import { CopyIconButton } from './CopyButton';
import styles from './Facts.module.css';
import { Text } from './Text';

/** What is known of one thing, each with its label. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className={styles.facts}>{children}</dl>;
}

interface FactProps {
  label: string;
  /** A text from outside; or else the children. What is not known is not shown. */
  value?: string | null | undefined;
  /** For machines: in mono, with a button that copies it. */
  mono?: boolean;
  children?: ReactNode;
}

/** A label and its value, for use in `<Facts>`. */
export function Fact({ label, value, mono = false, children }: FactProps) {
  if (!value && !children) return null;
  return (
    <div className={styles.fact}>
      <dt>{label}</dt>
      <dd>
        {value ? <Text value={value} className={mono ? 'mono' : undefined} /> : children}
        {value && mono && <CopyIconButton label={`Copy ${label}`} text={() => value} />}
      </dd>
    </div>
  );
}
