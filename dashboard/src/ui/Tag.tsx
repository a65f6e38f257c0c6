import type { ReactNode } from 'react';
import { classes } from './classes';
import styles from './Tag.module.css';

export type Tone = 'neutral' | 'accent' | 'green' | 'amber' | 'red';

/** A short mark. Its words and icon say it; the colour only helps. */
export function Tag({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={classes(styles.tag, styles[tone])}>{children}</span>;
}
