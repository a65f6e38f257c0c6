import { useQuery } from '@tanstack/react-query';
import { Fingerprint, KeyRound, ShieldHalf, ShieldOff } from 'lucide-react';
import { Problem } from '../api/problem';
import type { Entry } from '../api/types';
import { Text } from '../ui/Text';
import { useAuditLog } from './context';
import styles from './EntryPane.module.css';
import { evidenceQuery } from './queries';
import { Section } from './Section';
import { type Verification, verificationOf } from './verification';

const ICONS = {
  act: Fingerprint,
  session: ShieldHalf,
  none: ShieldOff,
  apart: KeyRound,
} as const satisfies Record<Verification['strength'], unknown>;

/** What a passkey had to do with the act, and whether what was kept of it still shows that. */
export function VerificationSection({ entry }: { entry: Entry }) {
  const verification = verificationOf(entry);
  if (!verification) return null;
  const Icon = ICONS[verification.strength];
  return (
    <Section title="Verification">
      <p className={styles.verification} data-strength={verification.strength}>
        <Icon size={16} aria-hidden />
        {verification.text}
      </p>
      {verification.strength === 'act' && <EvidenceCheck entryId={entry.id} />}
    </Section>
  );
}

function EvidenceCheck({ entryId }: { entryId: string }) {
  const { instanceId } = useAuditLog();
  const { data, error } = useQuery(evidenceQuery(instanceId, entryId));
  if (error) {
    const why = error instanceof Problem ? error.message : 'Something went wrong.';
    return <p className={styles.check}>The evidence could not be checked: {why}</p>;
  }
  if (!data) return <p className={styles.check}>Checking the evidence…</p>;
  return (
    <div className={styles.check} data-holds={data.result !== 'does_not_hold'}>
      <p>Checked by the server just now: {data.explanation}</p>
      <ul>
        {data.problems.map((problem) => (
          <li key={problem}>
            <Text value={problem} />
          </li>
        ))}
      </ul>
    </div>
  );
}
