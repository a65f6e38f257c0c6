import type { Entry } from '../api/types';
import { toJson } from '../ui/json';
import { Text } from '../ui/Text';
import { humanise } from '../ui/words';
import styles from './Changes.module.css';
import { Section } from './Section';

type Change = Record<string, unknown>;

/** What is before and after, field by field, whether it is personal or not. */
export function Changes({ entry }: { entry: Entry }) {
  const changes = Object.entries({ ...entry.changes, ...entry.personal.changes });
  if (changes.length === 0) return null;
  return (
    <Section title="Changes">
      <table className={styles.changes}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map(([field, change]) => (
            <tr key={field}>
              <th scope="row">
                <Text value={humanise(field)} />
              </th>
              <ChangeCells change={isChange(change) ? change : { to: change }} />
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function ChangeCells({ change }: { change: Change }) {
  if (change.changed === true && !('from' in change) && !('to' in change)) {
    return (
      <td colSpan={2} className={styles.none}>
        Changed. It is a secret, so its values are not kept.
      </td>
    );
  }
  return (
    <>
      <td className={styles.before}>
        <ChangedValue value={change.from} />
      </td>
      <td>
        <ChangedValue value={change.to} />
      </td>
    </>
  );
}

function isChange(value: unknown): value is Change {
  return typeof value === 'object' && value !== null;
}

function ChangedValue({ value }: { value: unknown }) {
  if (value === null || value === undefined || value === '') {
    return <span className={styles.none}>empty</span>;
  }
  if (typeof value === 'object') return <pre>{toJson(value)}</pre>;
  return <Text value={String(value)} />;
}
