import { useRouterState } from '@tanstack/react-router';
import { Menu, X } from 'lucide-react';
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react';
import { IconButton } from '../ui/Button';
import { classes } from '../ui/classes';
import { Overlays } from './Overlays';
import { writePreference } from './preferences';
import styles from './Shell.module.css';
import { Sidebar } from './Sidebar';
import { useShortcuts } from './shortcuts';
import { Wordmark } from './Wordmark';

/** The frame of every page of an instance. The page itself brings its own `<main id="main">`. */
export function Shell({ instanceId, children }: { instanceId: string; children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the menu that led to it
  useEffect(() => setOpen(false), [path]);
  useEffect(() => writePreference('instance', instanceId), [instanceId]);
  useShortcuts({ Escape: open ? () => setOpen(false) : undefined });

  return (
    <div className={styles.shell}>
      {/* biome-ignore lint/a11y/useValidAnchor: a real link, but by hand (see skipToMain) */}
      <a href="#main" className={styles.skip} onClick={skipToMain}>
        Skip to content
      </a>
      <header className={styles.topbar}>
        <IconButton
          label={open ? 'Close menu' : 'Open menu'}
          aria-expanded={open}
          aria-controls="sidebar"
          onClick={() => setOpen(!open)}
        >
          {open ? <X size={18} aria-hidden /> : <Menu size={18} aria-hidden />}
        </IconButton>
        <Wordmark />
      </header>
      <nav id="sidebar" aria-label="Main" className={classes(styles.sidebar, open && styles.open)}>
        <Sidebar instanceId={instanceId} />
      </nav>
      {open && <div className={styles.scrim} aria-hidden onClick={() => setOpen(false)} />}
      <div className={styles.content}>{children}</div>
      <Overlays instanceId={instanceId} />
    </div>
  );
}

/** By hand, so that the address keeps no #main: the address is the state of the page. */
function skipToMain(event: MouseEvent) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
