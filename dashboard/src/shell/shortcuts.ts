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

const CHORD_MS = 1000;

/** Keys that follow upon another one within a second, before whatever they mean by themselves. */
export function useChords(first: string, shortcuts: Shortcuts) {
  const [preference] = usePreference('shortcuts');
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });

  useEffect(() => {
    let begun = -Infinity;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (preference === 'off' || isTyping(event.target)) return;
      const act = event.timeStamp - begun < CHORD_MS ? latest.current[event.key] : undefined;
      begun = event.key === first ? event.timeStamp : -Infinity;
      if (!act) return;
      event.preventDefault();
      act(event);
    };
    // On the way down, since the second key may be a shortcut of the page.
    window.addEventListener('keydown', onKeyDown, { capture: true });
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [first, preference]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input, textarea, select, [contenteditable], [role="menu"], [role="dialog"], dialog',
    ) !== null
  );
}
