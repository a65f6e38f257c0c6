import { useMemo, useState } from 'react';

interface Reading {
  /** Somebody has scrolled into the list, points at it or has the focus in it. */
  readonly reading: boolean;
  /** For an element at the very top of the list. */
  readonly top: (element: HTMLElement | null) => (() => void) | undefined;
  /** For the element around the list. */
  readonly around: {
    onPointerEnter: () => void;
    onPointerLeave: () => void;
    onFocus: () => void;
    onBlur: () => void;
  };
}

/** Tells whether a list is being read, so that it can keep still. */
export function useReading(): Reading {
  const [scrolled, setScrolled] = useState(false);
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);

  // Made once, or the list would be watched anew at every change.
  const parts = useMemo(
    () => ({
      top: (element: HTMLElement | null) => {
        if (!element) return undefined;
        const observer = new IntersectionObserver(([entry]) => {
          setScrolled(entry?.isIntersecting === false);
        });
        observer.observe(element);
        return () => {
          observer.disconnect();
          // What is not there any more is neither left nor blurred.
          for (const end of [setScrolled, setPointed, setFocused]) end(false);
        };
      },
      around: {
        onPointerEnter: () => setPointed(true),
        onPointerLeave: () => setPointed(false),
        onFocus: () => setFocused(true),
        onBlur: () => setFocused(false),
      },
    }),
    [],
  );
  return { reading: scrolled || pointed || focused, ...parts };
}
