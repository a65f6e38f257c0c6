import { useQuery } from '@tanstack/react-query';
import { Hourglass, ShieldAlert, ShieldCheck, ShieldQuestion } from 'lucide-react';
import type { ReactNode } from 'react';
import { isProblem, Problem } from '../api/problem';
import type { Entry, Proof } from '../api/types';
import { CopyButton } from '../ui/CopyButton';
import { toJson } from '../ui/json';
import { exactTime, zoneName } from '../ui/time';
import { useAuditLog } from './context';
import styles from './EntryPane.module.css';
import { inclusionProblem, readCheckpoint } from './proof';
import { entryQuery, proofQuery } from './queries';
import { Row, Section } from './Section';

/** Where the entry stands in the log, and whether it is still what was sealed there. */
export function Integrity({ entry }: { entry: Entry }) {
  const { instanceId } = useAuditLog();
  const isSealed = useIsSealed(entry);
  const { data: proof, error } = useQuery({
    ...proofQuery(instanceId, entry.id),
    enabled: isSealed,
  });
  // A server that has no proofs, or not this one.
  if (isProblem(error, 404)) return null;
  return (
    <Section title="Integrity">
      {proof ? (
        <Proved entry={entry} proof={proof} />
      ) : !isSealed || isProblem(error, 409) ? (
        <Verdict icon={Hourglass}>
          Not sealed yet. It gets its place in the log within a few seconds.
        </Verdict>
      ) : error ? (
        <Verdict icon={ShieldQuestion}>
          The proof did not load:{' '}
          {error instanceof Problem ? error.message : 'Something went wrong.'}
        </Verdict>
      ) : (
        <Verdict icon={Hourglass}>Loading the proof…</Verdict>
      )}
    </Section>
  );
}

/** Looked at again until it is: an entry waits for its place in the log for a moment only. */
function useIsSealed({ id, sequence }: Entry): boolean {
  const { instanceId } = useAuditLog();
  const { data } = useQuery({
    ...entryQuery(instanceId, id),
    enabled: sequence === null,
    refetchInterval: ({ state }) => state.data?.sequence == null && 3_000,
  });
  return (sequence ?? data?.sequence ?? null) !== null;
}

function Proved({ entry, proof }: { entry: Entry; proof: Proof }) {
  const { zone } = useAuditLog();
  const time = readCheckpoint(proof.checkpoint)?.time;
  const signed = time ? new Date(time) : null;
  return (
    <>
      <Check entry={entry} proof={proof} />
      <dl>
        <Row label="Position">{NUMBER.format(proof.sequence)}, counted from 0</Row>
        <Row label="Checkpoint" copy={proof.checkpoint}>
          of {NUMBER.format(proof.size)} {proof.size === 1 ? 'entry' : 'entries'}
          {signed && (
            <span className={styles.note}>
              signed {exactTime(signed, zone)} {zoneName(zone, signed)}
            </span>
          )}
        </Row>
      </dl>
      <div className={styles.copies}>
        <CopyButton label="Copy proof" icon={ShieldCheck} text={() => toJson(proof)} />
      </div>
      <Meaning />
    </>
  );
}

/** Done here, with the entry as it is shown: the server's word is not taken for it. */
function Check({ entry, proof }: { entry: Entry; proof: Proof }) {
  const canCheck = window.crypto?.subtle !== undefined;
  const { data } = useQuery({
    queryKey: ['inclusion', entry, proof],
    // What cannot be read at all does not hold either.
    queryFn: () => inclusionProblem(entry, proof).catch(() => 'The proof cannot be read.'),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: canCheck,
  });
  if (!canCheck) {
    return (
      <Verdict icon={ShieldQuestion}>
        Sealed. This browser checks nothing on a page that did not come over HTTPS.
      </Verdict>
    );
  }
  if (data === undefined) return <Verdict icon={Hourglass}>Checking the proof…</Verdict>;
  if (data === null) {
    return (
      <Verdict icon={ShieldCheck} strength="act">
        Sealed, and checked in this browser: the record is unchanged.
      </Verdict>
    );
  }
  return (
    <Verdict icon={ShieldAlert} strength="broken">
      The proof does not hold. {data}
    </Verdict>
  );
}

interface VerdictProps {
  icon: typeof ShieldCheck;
  strength?: 'act' | 'broken';
  children: ReactNode;
}

function Verdict({ icon: Icon, strength, children }: VerdictProps) {
  return (
    <p className={styles.verification} data-strength={strength}>
      <Icon size={16} aria-hidden />
      <span>{children}</span>
    </p>
  );
}

function Meaning() {
  return (
    <details className={styles.meaning}>
      <summary>What this shows</summary>
      <p>
        Your browser hashed the record of this entry and followed the proof to the root that the
        checkpoint names. So the record is the one that was sealed at this position.
      </p>
      <p>
        It does not show that the checkpoint is the one that everybody gets, nor is its signature
        checked here: for that, keep checkpoints elsewhere and compare. Names, addresses and other
        personal details are not in the record, so that they can be erased; it holds a hash of them.
      </p>
    </details>
  );
}

const NUMBER = new Intl.NumberFormat('en');
