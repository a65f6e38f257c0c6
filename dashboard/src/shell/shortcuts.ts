import { useEffect, useRef } from 'react';
import { usePreference } from './preferences';

type Shortcuts = Record<string, ((event: KeyboardEvent) => void) | undefined>;

/**
 * Keys that work anywhere on the page, by `event.key`. A key typed into a field or used by an open
 * menu is left alone; single characters can be switched off in the user menu (WCAG 2.1.4).
 */
export function useShortcuts(shortcuts: Shortcuts) {
  const [preference] = usePreference('shortcuts');
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target)) return;
      if (event.key.length === 1 && preference === 'off') return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [preference]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], [role="menu"], [role="dialog"]') !==
      null
  );
}
