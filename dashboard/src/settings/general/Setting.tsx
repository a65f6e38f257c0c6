import type { ReactNode } from 'react';
import styles from './GeneralPage.module.css';

interface SettingProps {
  title: string;
  text: ReactNode;
  /** How it is now, and the button that changes it. */
  children: ReactNode;
}

/** A setting: what it means, how it is, and a way to change it. */
export function Setting({ title, text, children }: SettingProps) {
  return (
    <div className={styles.setting}>
      <h3 className={styles.title}>{title}</h3>
      <p className={styles.text}>{text}</p>
      <div className={styles.value}>{children}</div>
    </div>
  );
}
