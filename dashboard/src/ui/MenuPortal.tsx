import { DropdownMenu } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';

/**
 * Draws a menu inside the landmark that it belongs to, by its id: where it would else be drawn, at
 * the end of the document, who moves by landmarks would not find it.
 */
export function MenuPortal({ into, children }: { into: 'main' | 'sidebar'; children: ReactNode }) {
  const [container, setContainer] = useState<HTMLElement | null>(null);
  useEffect(() => setContainer(document.getElementById(into)), [into]);
  return <DropdownMenu.Portal container={container}>{children}</DropdownMenu.Portal>;
}
