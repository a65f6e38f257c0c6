import { useEffect } from 'react';
import { plain } from '../ui/hostile';

/** The name of the page in the tab and for screen readers. */
export function useTitle(...parts: (string | undefined)[]) {
  const title = [...parts, 'Deedbook']
    .filter(Boolean)
    .map((part) => plain(part ?? ''))
    .join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
