import { type KeyboardEvent, useState } from 'react';

interface ActiveOption<T> {
  readonly active: T | undefined;
  /** For the combobox: the id of the active option's element. */
  readonly activeId: string | undefined;
  /** Makes the option at a place the active one. */
  readonly point: (place: number) => void;
  /** For the field, which keeps the focus: the arrows move among the options, Enter chooses. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/**
 * Which option of an open listbox is active (the combobox pattern of WAI-ARIA). The option at a place
 * has the id `${listId}-${place}`.
 */
export function useActiveOption<T>(
  options: readonly T[],
  listId: string,
  choose: (option: T) => void,
): ActiveOption<T> {
  const [at, point] = useState(0);
  const now = Math.min(at, options.length - 1);
  const active = options[now];

  const move = (to: number) => {
    const next = (to + options.length) % options.length;
    point(next);
    document.getElementById(`${listId}-${next}`)?.scrollIntoView({ block: 'nearest' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (active === undefined) return;
    if (event.key === 'ArrowDown') move(now + 1);
    else if (event.key === 'ArrowUp') move(now - 1);
    else if (event.key === 'Enter') choose(active);
    else return;
    event.preventDefault();
  };
  return {
    active,
    activeId: active === undefined ? undefined : `${listId}-${now}`,
    point,
    onKeyDown,
  };
}
