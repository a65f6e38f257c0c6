import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { HandCoins, Plus } from 'lucide-react';
import { useState } from 'react';
import type { PartnerFee } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Text } from '../../ui/Text';
import { CreateFeeDialog } from './CreateFeeDialog';
import { feesQuery } from './queries';
import { sayFee } from './words';

/** Settings → Partner fees: what the instance adds to payments for itself. */
export function PartnerFeesPage({ instanceId }: { instanceId: string }) {
  const fees = useQuery(feesQuery(instanceId));
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const [creating, setCreating] = useState(false);

  const columns: Column<PartnerFee>[] = [
    {
      title: 'Name',
      cell: ({ id, name }) => (
        <Link
          to="/instances/$instanceId/settings/partner-fees/$feeId"
          params={{ instanceId, feeId: id }}
        >
          <Text value={name} />
        </Link>
      ),
    },
    {
      title: 'On payouts',
      numeric: true,
      cell: (fee) => sayFee(fee.payout_percentage_fee, fee.payout_flat_fee),
    },
    {
      title: 'On payins',
      numeric: true,
      cell: (fee) => sayFee(fee.payin_percentage_fee, fee.payin_flat_fee),
    },
    {
      title: 'On virtual accounts',
      cell: ({ virtual_account_set }) => (virtual_account_set ? 'Yes' : 'No'),
    },
  ];

  return (
    <Page
      title="Partner fees"
      lead="What you add to payments for yourself. A quote names the fee that it is asked for with."
      action={
        <>
          <ActivityLink
            instanceId={instanceId}
            of="partner fees"
            search={{ feature: ['partner_fee'] }}
          />
          {may('FEES', 'W') && (
            <Button look="primary" onClick={() => setCreating(true)}>
              <Plus size={14} aria-hidden />
              Create a fee
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label="Partner fees"
        query={fees}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: HandCoins,
          title: 'No partner fees yet',
          text: 'Create one to earn with the payments of your customers.',
        }}
      />
      {creating && (
        <CreateFeeDialog
          instanceId={instanceId}
          onDone={() => {
            setCreating(false);
            queryClient.invalidateQueries({ queryKey: ['partner-fees', instanceId] });
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Page>
  );
}
