import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './Message.module.css';

interface MessageProps {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  /** An error is told at once to who cannot see it. */
  urgent?: boolean;
}

/** A whole area that has something to say in place of its content. */
export function Message({ icon: Icon, title, children, urgent = false }: MessageProps) {
  return (
    <div className={styles.message} role={urgent ? 'alert' : undefined}>
      <Icon size={20} aria-hidden className={styles.icon} />
      <h2 className={styles.title}>{title}</h2>
      {children}
    </div>
  );
}
