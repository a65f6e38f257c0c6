import { Download } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '../shell/shortcuts';
import { IconButton } from '../ui/Button';

// Not part of what a first visit loads.
const ExportDialog = lazy(() =>
  import('./ExportDialog').then(({ ExportDialog }) => ({ default: ExportDialog })),
);

export function ExportButton() {
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  useShortcuts({ e: open });
  return (
    <>
      <IconButton label="Export…" aria-keyshortcuts="e" onClick={open}>
        <Download size={15} aria-hidden />
      </IconButton>
      <Suspense>{isOpen && <ExportDialog onClose={() => setOpen(false)} />}</Suspense>
    </>
  );
}
