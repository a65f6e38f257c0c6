import { useQuery } from '@tanstack/react-query';
import type { Entry } from '../api/types';
import { actorFilter } from './actor';
import { useAuditLog } from './context';
import { EntryLine } from './EntryLine';
import styles from './EntryPane.module.css';
import { aroundQuery } from './queries';
import { Section } from './Section';

/** What the same actor did just before and just after: what an investigator asks next. */
export function AroundThis({ entry }: { entry: Entry }) {
  const { instanceId } = useAuditLog();
  const actor = actorFilter(entry);
  const after = useQuery(aroundQuery(instanceId, actor, { ending_before: entry.id }));
  const before = useQuery(aroundQuery(instanceId, actor, { starting_after: entry.id }));
  const newer = after.data?.data ?? [];
  const older = before.data?.data ?? [];
  if (newer.length + older.length === 0) return null;
  return (
    <Section title="Around this, by the same actor">
      <ol className={styles.lines}>
        {newer.map((each) => (
          <li key={each.id}>
            <EntryLine entry={each} />
          </li>
        ))}
        <li className={styles.here}>This entry</li>
        {older.map((each) => (
          <li key={each.id}>
            <EntryLine entry={each} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
