import { Link } from '@tanstack/react-router';
import { ScrollText } from 'lucide-react';
import { InstanceSwitcher } from './InstanceSwitcher';
import styles from './Sidebar.module.css';
import { UserMenu } from './UserMenu';
import { Wordmark } from './Wordmark';

/** Where one can go. Only pages that exist are listed. */
export function Sidebar({ instanceId }: { instanceId: string }) {
  return (
    <div className={styles.sidebar}>
      <div className={styles.brand}>
        <Wordmark />
      </div>
      <InstanceSwitcher instanceId={instanceId} />
      <div className={styles.nav}>
        <h2 className={styles.group}>Settings</h2>
        <ul>
          <li>
            <Link
              to="/instances/$instanceId/settings/audit-logs"
              params={{ instanceId }}
              activeOptions={{ includeSearch: false }}
              className={styles.link}
            >
              <ScrollText size={15} aria-hidden />
              Audit logs
            </Link>
          </li>
        </ul>
      </div>
      <UserMenu />
    </div>
  );
}
