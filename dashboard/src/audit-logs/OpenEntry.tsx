import { type ComponentProps, lazy, Suspense } from 'react';

// Who looks at the list has no need of it yet: its code comes with the first entry that is opened.
const EntryPane = lazy(async () => ({ default: (await import('./EntryPane')).EntryPane }));

/** The entry that is open, if one is. */
export function OpenEntry({ pane }: { pane: ComponentProps<typeof EntryPane> | null }) {
  return <Suspense>{pane && <EntryPane {...pane} />}</Suspense>;
}
