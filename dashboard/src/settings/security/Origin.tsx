import type { AccountEvent, OpenSession } from '../../api/types';
import { plain } from '../../ui/hostile';
import { Text } from '../../ui/Text';
import { countryName } from '../../ui/words';
import styles from './Origin.module.css';

type Seen = Pick<OpenSession | AccountEvent, 'device' | 'user_agent' | 'ip_address' | 'country'>;

/** What the client said of itself, in a few words; all of it is the title. */
export function Device({ of: { device, user_agent } }: { of: Seen }) {
  return (
    <span title={user_agent === null ? undefined : plain(user_agent)}>
      <Text value={device ?? user_agent ?? 'Unknown'} />
    </span>
  );
}

/** The address and, of its block, the country. */
export function Origin({ of: { ip_address, country } }: { of: Seen }) {
  return (
    <>
      {country && <>{countryName(country) ?? <Text value={country} />} </>}
      {ip_address ? <Text value={ip_address} className={`mono ${styles.address}`} /> : '–'}
    </>
  );
}
