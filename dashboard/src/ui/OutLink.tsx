import type { ReactNode } from 'react';
import { Text } from './Text';

/** A link out of the page. An address that is not one of the web leads nowhere: only its text is shown. */
export function OutLink({ href, children }: { href: string; children: ReactNode }) {
  if (!/^https?:\/\//i.test(href)) return <Text value={href} />;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
      <span className="sr-only"> (opens in a new tab)</span>
    </a>
  );
}
