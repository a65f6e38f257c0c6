import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useChords, useShortcuts } from './shortcuts';

// Most people never open them: they are loaded when they are asked for.
const CommandMenu = lazy(() => import('./CommandMenu'));
const KeysDialog = lazy(() => import('./KeysDialog'));

/** What a key opens on top of any page: the command menu, and the list of keys. */
export function Overlays({ instanceId }: { instanceId: string }) {
  const [shown, setShown] = useState<'commands' | 'keys' | null>(null);
  const navigate = useNavigate();
  const close = () => setShown(null);
  const params = { instanceId };

  useShortcuts({ '?': () => setShown('keys') });
  useChords('g', {
    a: () => navigate({ to: '/instances/$instanceId/settings/audit-logs', params }),
    t: () => navigate({ to: '/instances/$instanceId/settings/team', params }),
    k: () => navigate({ to: '/instances/$instanceId/settings/api-keys', params }),
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey)) return;
      // A question that waits for its answer is not left by a key.
      if (document.querySelector('dialog[open]')) return;
      event.preventDefault();
      setShown('commands');
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);

  return (
    <Suspense>
      {shown === 'commands' && <CommandMenu instanceId={instanceId} onClose={close} />}
      {shown === 'keys' && <KeysDialog onClose={close} />}
    </Suspense>
  );
}
