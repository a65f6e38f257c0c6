import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { ProblemMessage } from '../../ui/ProblemMessage';
import { When } from '../../ui/When';
import { Setting } from '../general/Setting';
import { changeRetention, retentionQuery } from './queries';

/** For how long entries are kept; the owner alone decides. */
export function Retention({ instanceId, mayChange }: { instanceId: string; mayChange: boolean }) {
  const { data, error, refetch } = useQuery(retentionQuery(instanceId));
  const queryClient = useQueryClient();
  const [changing, setChanging] = useState(false);
  if (error && !data) {
    return <ProblemMessage title="Retention: nothing loaded" error={error} onRetry={refetch} />;
  }
  return (
    <PageSection title="Retention">
      <Setting
        title="Entries are kept"
        text="What has become too old expires once a day. Decisions about the log itself are kept for ever."
      >
        {data && (
          <span>
            {sayMonths(data.months)}
            {data.next && (
              <>
                ; {sayMonths(data.next.months)} <When at={data.next.effective_at} />
              </>
            )}
          </span>
        )}
        {data && mayChange && <Button onClick={() => setChanging(true)}>Change</Button>}
      </Setting>
      {changing && (
        <FormDialog
          title="For how long are entries kept?"
          submit="Change the retention"
          danger
          onSubmit={(fields) => {
            const months = textOf(fields, 'months');
            return changeRetention(instanceId, months === undefined ? null : Number(months));
          }}
          onDone={() => {
            setChanging(false);
            queryClient.invalidateQueries({ queryKey: ['retention', instanceId] });
          }}
          onClose={() => setChanging(false)}
        >
          <TextField
            label="Months"
            name="months"
            type="number"
            min={12}
            max={1200}
            defaultValue={data?.next?.months ?? data?.months ?? ''}
            hint="12 or more. Empty keeps them for ever."
          />
          <p>To keep less takes effect in thirty days; to keep more holds at once.</p>
        </FormDialog>
      )}
    </PageSection>
  );
}

function sayMonths(months: number | null): string {
  return months === null ? 'For ever' : `For ${months} months`;
}
