import type { Entry } from '../api/types';
import { toJson } from '../ui/json';
import { Text } from '../ui/Text';
import { humanise } from '../ui/words';
import styles from './EntryPane.module.css';
import { Row, Section } from './Section';

/** What the act was about, kept for ever or personal: one list, as it is one answer. */
export function Metadata({ entry }: { entry: Entry }) {
  const values = [
    ...Object.entries(entry.metadata),
    ...Object.entries(entry.personal.metadata),
  ].filter(([, value]) => value !== null);
  if (values.length === 0) return null;
  return (
    <Section title="Metadata">
      <dl>
        {values.map(([name, value]) => (
          <Row key={name} label={humanise(name)}>
            {typeof value === 'object' ? (
              <pre className={styles.json}>{toJson(value)}</pre>
            ) : (
              <Text value={String(value)} />
            )}
          </Row>
        ))}
      </dl>
    </Section>
  );
}
