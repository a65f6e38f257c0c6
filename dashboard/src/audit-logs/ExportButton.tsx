import { Download } from 'lucide-react';
import { useState } from 'react';
import { useShortcuts } from '../shell/shortcuts';
import { IconButton } from '../ui/Button';
import { ExportDialog } from './ExportDialog';

export function ExportButton() {
  const [isOpen, setOpen] = useState(false);
  const open = () => setOpen(true);
  useShortcuts({ e: open });
  return (
    <>
      <IconButton label="Export…" aria-keyshortcuts="e" onClick={open}>
        <Download size={15} aria-hidden />
      </IconButton>
      {isOpen && <ExportDialog onClose={() => setOpen(false)} />}
    </>
  );
}
