import { useQuery } from '@tanstack/react-query';
import type { Entry } from '../api/types';
import { humanise } from '../ui/words';
import { useAuditLog } from './context';
import { EntryLine } from './EntryLine';
import styles from './EntryPane.module.css';
import { madeByQuery } from './queries';
import { Row, Section, Value } from './Section';

/** What else the act touched, and the entries that made each: who opened that account, from where. */
export function WhatLedToIt({ entry }: { entry: Entry }) {
  if (entry.refs.length === 0) return null;
  return (
    <Section title="What led to it">
      <dl>
        {entry.refs.map(({ type, id }) => (
          <Row
            key={`${type} ${id}`}
            label={humanise(type)}
            copy={id}
            filter={{ key: 'entity_id', value: id }}
          >
            <Value mono value={id} />
          </Row>
        ))}
      </dl>
      <ul className={styles.lines}>
        {entry.refs.map(({ type, id }) => (
          <MadeBy key={`${type} ${id}`} id={id} />
        ))}
      </ul>
    </Section>
  );
}

/** Nothing for what no entry made, such as a quote: a price that is asked for is not recorded. */
function MadeBy({ id }: { id: string }) {
  const { instanceId } = useAuditLog();
  const { data } = useQuery(madeByQuery(instanceId, id));
  const entry = data?.data[0];
  if (!entry) return null;
  return (
    <li>
      <EntryLine entry={entry} />
    </li>
  );
}
