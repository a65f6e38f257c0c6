import { Network } from 'lucide-react';
import type { Entry } from '../api/types';
import { usePreference } from '../shell/preferences';
import { Button } from '../ui/Button';
import { useAuditLog } from './context';
import styles from './ProxyNotice.module.css';
import { forgottenProxy } from './proxies';

/** Where it looks as if the server took its own proxy for everyone. */
export function ProxyNotice({ entries }: { entries: readonly Entry[] }) {
  const { search } = useAuditLog();
  const [dismissed, dismiss] = usePreference('proxy');
  const address = forgottenProxy(entries);
  // Who asks for one address gets one.
  if (address === null || dismissed === address || search.ip_address) return null;
  return (
    <p className={styles.notice}>
      <Network size={15} aria-hidden />
      <span>
        All of these came from <code>{address}</code>, a private address. Is there a proxy before
        the server that it does not know of? Then name it in <code>DEEDBOOK_TRUSTED_PROXIES</code>:
        what is recorded until then shows the proxy alone.
      </span>
      <Button look="quiet" onClick={() => dismiss(address)}>
        That is right
      </Button>
    </p>
  );
}
