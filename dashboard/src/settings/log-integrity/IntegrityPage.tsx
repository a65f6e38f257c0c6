import { useQuery } from '@tanstack/react-query';
import { Page, PageSection } from '../../shell/Page';
import { Fact, Facts } from '../../ui/Facts';
import { Loaded } from '../../ui/Loaded';
import { Tag } from '../../ui/Tag';
import { When } from '../../ui/When';
import { Mails } from './Mails';
import { type LogStatus, statusQuery } from './queries';
import { Witnesses } from './Witnesses';

/** Settings → Integrity: how far the log is sealed and signed, and who outside remembers it. */
export function IntegrityPage({ instanceId }: { instanceId: string }) {
  const status = useQuery(statusQuery(instanceId));
  return (
    <Page
      title="Integrity"
      lead="What is under a checkpoint that somebody outside remembers cannot be changed without their noticing."
    >
      <Loaded label="Integrity" query={status}>
        {(log) => (
          <>
            <Standing log={log} />
            <Witnesses instanceId={instanceId} />
            <Mails instanceId={instanceId} mailing={log.mailing} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Standing({ log }: { log: LogStatus }) {
  const { size, checkpoint, sealer, unsealed_seconds } = log;
  return (
    <PageSection title="The log">
      <Facts>
        <Fact label="Sealed">{size.toLocaleString('en')} entries have their position</Fact>
        <Fact label="Newest checkpoint">
          {checkpoint ? (
            <span>
              Of {checkpoint.size.toLocaleString('en')} entries, signed{' '}
              <When at={checkpoint.signed_at} />
            </span>
          ) : (
            'None yet: one is signed within seconds.'
          )}
        </Fact>
        <Fact label="Sealer">
          {sealer === 'working' ? (
            <Tag tone="green">Working</Tag>
          ) : (
            <>
              <Tag tone="red">Behind</Tag> The oldest entry that waits is {unsealed_seconds} seconds
              old. Entries are written as ever, but none of them is proved. Tell whoever runs the
              server.
            </>
          )}
        </Fact>
        <Fact label="Remembered outside">{remembered(log)}</Fact>
      </Facts>
    </PageSection>
  );
}

/** The largest size that somebody else has, in words; plainly when nobody has any. */
function remembered({ size, witnesses, mailing }: LogStatus) {
  const sizes = [...witnesses, ...mailing.mails].map((each) => each.size ?? 0);
  const most = Math.max(0, ...sizes);
  if (most === 0) {
    return (
      <>
        <Tag tone="amber">Nobody</Tag> Whoever holds the database and the signing key can make
        another history, and nobody could tell.
      </>
    );
  }
  return `${most.toLocaleString('en')} of ${size.toLocaleString('en')} entries`;
}
