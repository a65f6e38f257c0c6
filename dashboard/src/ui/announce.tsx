import { useEffect, useSyncExternalStore } from 'react';
import styles from './announce.module.css';
import { classes } from './classes';

interface Message {
  text: string;
  shown: boolean;
}

let message: Message = { text: '', shown: false };
const listeners = new Set<() => void>();

function say(next: Message) {
  message = next;
  for (const listener of listeners) listener();
}

/** Says something to screen readers, politely, without moving the focus. */
export function announce(text: string) {
  say({ text, shown: false });
}

/** Says something to everyone: for what has no place on the page, as a sign-out that failed. */
export function notify(text: string) {
  say({ text, shown: true });
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer() {
  const current = useSyncExternalStore(subscribe, () => message);
  useEffect(() => {
    if (!current.shown) return;
    const timer = setTimeout(() => announce(''), 8_000);
    return () => clearTimeout(timer);
  }, [current]);
  return (
    <div role="status" className={classes(current.shown ? styles.notice : 'sr-only')}>
      {current.text}
    </div>
  );
}
