import { PageSection } from '../shell/Page';
import { Text } from '../ui/Text';
import { When } from '../ui/When';
import { humanise } from '../ui/words';
import { Address } from './Address';
import { StatusTag } from './StatusTag';
import styles from './Tracking.module.css';

export interface Stage {
  readonly title: string;
  /** As the API has it; null for a stage that this payment does not have. */
  readonly tracking: object | null;
}

/** How far a payment is, stage by stage. */
export function Tracking({ stages }: { stages: readonly Stage[] }) {
  return (
    <PageSection title="Progress">
      <ol className={styles.stages}>
        {stages.map(
          ({ title, tracking }) =>
            tracking && <StageLine key={title} title={title} of={{ ...tracking }} />,
        )}
      </ol>
    </PageSection>
  );
}

function StageLine({ title, of }: { title: string; of: Readonly<Record<string, unknown>> }) {
  const text = (name: string) => (typeof of[name] === 'string' ? (of[name] as string) : null);
  const [step, status, hash] = [text('step'), text('status'), text('transaction_hash')];
  const reason = text('provider_error_reason') ?? text('refund_reason') ?? text('error_message');
  return (
    <li>
      <span className={styles.title}>{title}</span>
      {step && <StatusTag status={step} />}
      {status && status !== step && <Text value={humanise(status)} />}
      {reason && <Text value={reason} />}
      {hash && <Address value={hash} />}
      <span className={styles.when}>
        <When at={text('completed_at')} never="" />
      </span>
    </li>
  );
}
