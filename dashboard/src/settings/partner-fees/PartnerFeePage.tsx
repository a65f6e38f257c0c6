import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { HandCoins } from 'lucide-react';
import { useState } from 'react';
import type { PartnerFee } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { Copyable } from '../../ui/Copyable';
import { Fact, Facts } from '../../ui/Facts';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { Text } from '../../ui/Text';
import { deleteFee, feesQuery } from './queries';
import { sayFee } from './words';

/** One partner fee. */
export function PartnerFeePage({ instanceId, feeId }: { instanceId: string; feeId: string }) {
  const fees = useQuery(feesQuery(instanceId));
  const fee = fees.data?.find(({ id }) => id === feeId);
  const may = useMay(instanceId);
  const [deleting, setDeleting] = useState(false);
  return (
    <Page
      title="Partner fee"
      lead={
        <Link to="/instances/$instanceId/settings/partner-fees" params={{ instanceId }}>
          All partner fees
        </Link>
      }
      action={
        <>
          <ActivityLink instanceId={instanceId} of="this fee" search={{ ref_id: [feeId] }} />
          {fee && may('FEES', 'W') && (
            <Button look="danger" onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )}
        </>
      }
    >
      <Loaded label="Partner fee" query={fees}>
        {() => (fee ? <FeeFacts fee={fee} /> : <NoSuchFee />)}
      </Loaded>
      {fee && deleting && <DeleteDialog fee={fee} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

function FeeFacts({ fee }: { fee: PartnerFee }) {
  return (
    <Facts>
      <Fact label="Name">
        <Text value={fee.name} />
      </Fact>
      <Fact label="On payouts">{sayFee(fee.payout_percentage_fee, fee.payout_flat_fee)}</Fact>
      <Fact label="On payins">{sayFee(fee.payin_percentage_fee, fee.payin_flat_fee)}</Fact>
      <Fact label="On virtual accounts">{fee.virtual_account_set ? 'Yes' : 'No'}</Fact>
      <Fact label="Id">
        <Copyable value={fee.id} label="Copy the id" />
      </Fact>
    </Facts>
  );
}

function NoSuchFee() {
  return (
    <Message icon={HandCoins} title="There is no such partner fee">
      <p>It may have been deleted. What was done with it is in the audit log.</p>
    </Message>
  );
}

function DeleteDialog({ fee, onClose }: { fee: PartnerFee; onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (
    <FormDialog
      title={`Delete ${plain(fee.name)}?`}
      submit="Delete the fee"
      danger
      onSubmit={() => deleteFee(fee.instance_id, fee.id)}
      onDone={async () => {
        await navigate({
          to: '/instances/$instanceId/settings/partner-fees',
          params: { instanceId: fee.instance_id },
        });
        queryClient.invalidateQueries({ queryKey: ['partner-fees', fee.instance_id] });
      }}
      onClose={onClose}
    >
      <p>
        No more quotes can be asked for with it. What was quoted with it stays as it was quoted.
      </p>
    </FormDialog>
  );
}
