import { Link } from '@tanstack/react-router';
import { useMay } from '../identity/permissions';
import { InstanceSwitcher } from './InstanceSwitcher';
import { PLACES } from './places';
import styles from './Sidebar.module.css';
import { UserMenu } from './UserMenu';
import { Wordmark } from './Wordmark';

/** Where one can go. Only pages that exist, and that one may read, are listed. */
export function Sidebar({ instanceId }: { instanceId: string }) {
  const may = useMay(instanceId);
  return (
    <div className={styles.sidebar}>
      <div className={styles.brand}>
        <Wordmark />
      </div>
      <InstanceSwitcher instanceId={instanceId} />
      <div className={styles.nav}>
        {PLACES.map(({ group, places }) => (
          <section key={group} className={styles.section}>
            <h2 className={styles.group}>{group}</h2>
            <ul>
              {places
                .filter(({ area }) => area === undefined || may(area, 'R'))
                .map(({ to, title, icon: Icon }) => (
                  <li key={to}>
                    <Link
                      to={to}
                      params={{ instanceId }}
                      activeOptions={{ includeSearch: false }}
                      className={styles.link}
                    >
                      <Icon size={15} aria-hidden />
                      {title}
                    </Link>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
      <UserMenu instanceId={instanceId} />
    </div>
  );
}
