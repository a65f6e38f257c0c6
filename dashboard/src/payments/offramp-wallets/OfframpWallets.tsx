import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, WalletMinimal } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { Address } from '../Address';
import { familyOf, networkOptions, networksOf, networkTitle } from '../chains';
import { LogLink } from '../LogLink';
import { useInstance } from '../use-instance';
import {
  type AccountPath,
  createOfframpWallet,
  type NewOfframpWallet,
  type OfframpWallet,
  offrampWalletsQuery,
} from './queries';

/** Addresses of a bank account: what arrives there is paid out to it. */
export function OfframpWallets(account: AccountPath) {
  const { instanceId } = account;
  const wallets = useQuery(offrampWalletsQuery(account));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const [opening, setOpening] = useState(false);

  const columns: Column<OfframpWallet>[] = [
    { title: 'Address', cell: ({ address }) => <Address value={address} /> },
    { title: 'Network', cell: ({ network }) => networkTitle(network) },
    {
      title: 'Your own reference',
      cell: ({ external_id }) => <Text value={external_id ?? '–'} />,
    },
    { title: 'Opened', cell: ({ created_at }) => <When at={created_at} /> },
    {
      title: '',
      cell: ({ id, address }) => <LogLink instanceId={instanceId} entityId={id} of={address} />,
    },
  ];

  return (
    <PageSection
      title="Offramp wallets"
      lead="Addresses of this account: tokens that arrive there are paid out to it by themselves."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setOpening(true)}>
            <Plus size={14} aria-hidden />
            Open an offramp wallet
          </Button>
        )
      }
    >
      <DataTable
        label="Offramp wallets"
        query={wallets}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: WalletMinimal,
          title: 'No offramp wallets yet',
          text: 'Open one to have whatever is sent to it paid out to this account.',
        }}
      />
      {opening && <OpenDialog account={account} onClose={() => setOpening(false)} />}
    </PageSection>
  );
}

function OpenDialog({ account, onClose }: { account: AccountPath; onClose: () => void }) {
  const queryClient = useQueryClient();
  const instance = useInstance(account.instanceId);
  const networks = instance ? networksOf(instance) : [];
  return (
    <FormDialog
      title="Open an offramp wallet"
      submit="Open the wallet"
      onSubmit={(fields) =>
        createOfframpWallet(account, {
          network: fields.get('network') as NewOfframpWallet['network'],
          external_id: textOf(fields, 'external_id') ?? null,
        })
      }
      onDone={() => {
        onClose();
        queryClient.invalidateQueries({ queryKey: ['offramp-wallets', account.instanceId] });
      }}
      onClose={onClose}
    >
      <SelectField
        label="Network"
        name="network"
        options={networkOptions(networks.filter((network) => familyOf(network) !== 'stellar'))}
      />
      <TextField label="Your own reference (optional)" name="external_id" />
    </FormDialog>
  );
}
