import { useSyncExternalStore } from 'react';
import type { Zone } from '../ui/time';

/** What this browser remembers for its reader. Nothing here is known to the server. */
interface Preferences {
  theme: 'system' | 'light' | 'dark';
  zone: Zone;
  shortcuts: 'on' | 'off';
  histogram: 'on' | 'off';
  /** Those of the audit log that are shown, with commas between them. */
  columns: string;
  density: 'compact' | 'comfortable';
  instance: string;
  /** The private address of which somebody said that it is no forgotten proxy. */
  proxy: string;
}

type Name = keyof Preferences;

const DEFAULTS: Preferences = {
  theme: 'system',
  zone: 'local',
  shortcuts: 'on',
  histogram: 'on',
  columns: 'actor,entity,location',
  density: 'compact',
  instance: '',
  proxy: '',
};
const CHOICES: { [K in Name]?: readonly string[] } = {
  theme: ['system', 'light', 'dark'],
  zone: ['local', 'utc'],
  shortcuts: ['on', 'off'],
  histogram: ['on', 'off'],
  density: ['compact', 'comfortable'],
};

const listeners = new Set<() => void>();

export function readPreference<K extends Name>(name: K): Preferences[K] {
  const stored = storage()?.getItem(`deedbook.${name}`) ?? null;
  const allowed = CHOICES[name];
  if (stored === null || (allowed && !allowed.includes(stored))) return DEFAULTS[name];
  return stored as Preferences[K];
}

export function writePreference<K extends Name>(name: K, value: Preferences[K]) {
  storage()?.setItem(`deedbook.${name}`, value);
  if (name === 'theme') applyTheme();
  for (const listener of listeners) listener();
}

export function usePreference<K extends Name>(
  name: K,
): [Preferences[K], (value: Preferences[K]) => void] {
  const value = useSyncExternalStore(subscribe, () => readPreference(name));
  return [value, (next) => writePreference(name, next)];
}

/** The script in index.html does the same before the first paint. */
function applyTheme() {
  const theme = readPreference('theme');
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

function subscribe(listener: () => void) {
  const onOtherTab = () => {
    applyTheme();
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', onOtherTab);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onOtherTab);
  };
}

/** A browser may forbid storage altogether; then every preference is its default. */
function storage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
