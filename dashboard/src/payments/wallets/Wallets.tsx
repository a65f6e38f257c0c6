import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
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
import { type Network, networkOptions, networksOf, networkTitle } from '../chains';
import type { Customer } from '../customers/queries';
import { useInstance } from '../use-instance';
import { openWallet, type Wallet, walletsQuery } from './queries';

interface WalletsProps {
  instanceId: string;
  customer: Customer;
}

/** The wallets that are kept for a customer. */
export function Wallets({ instanceId, customer }: WalletsProps) {
  const wallets = useQuery(walletsQuery(instanceId, customer.id));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const [opening, setOpening] = useState(false);

  const columns: Column<Wallet>[] = [
    {
      title: 'Name',
      cell: ({ id, name }) => (
        <Link
          to="/instances/$instanceId/customers/$customerId/wallets/$walletId"
          params={{ instanceId, customerId: customer.id, walletId: id }}
        >
          <Text value={name} />
        </Link>
      ),
    },
    { title: 'Network', cell: ({ network }) => networkTitle(network) },
    { title: 'Address', cell: ({ address }) => <Address value={address} /> },
    {
      title: 'Your own reference',
      cell: ({ external_id }) => <Text value={external_id ?? '–'} />,
    },
    { title: 'Opened', cell: ({ created_at }) => <When at={created_at} /> },
  ];

  return (
    <PageSection
      title="Wallets"
      lead="Kept for the customer: what is on them can be transferred."
      action={
        mayWrite && (
          <Button onClick={() => setOpening(true)}>
            <Plus size={14} aria-hidden />
            Open a wallet
          </Button>
        )
      }
    >
      <DataTable
        label="Wallets"
        query={wallets}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: WalletMinimal,
          title: 'No wallets yet',
          text: 'Open one to keep tokens for this customer, and to transfer them.',
        }}
      />
      {opening && (
        <OpenWalletDialog
          instanceId={instanceId}
          customer={customer}
          onClose={() => setOpening(false)}
        />
      )}
    </PageSection>
  );
}

function OpenWalletDialog({
  instanceId,
  customer,
  onClose,
}: WalletsProps & { onClose: () => void }) {
  const queryClient = useQueryClient();
  const instance = useInstance(instanceId);
  return (
    <FormDialog
      title="Open a wallet"
      submit="Open the wallet"
      onSubmit={(fields) =>
        openWallet(instanceId, customer.id, {
          name: textOf(fields, 'name') ?? '',
          network: fields.get('network') as Network,
          external_id: textOf(fields, 'external_id') ?? null,
        })
      }
      onDone={() => {
        onClose();
        queryClient.invalidateQueries({ queryKey: ['wallets', instanceId] });
      }}
      onClose={onClose}
    >
      <TextField label="Name" name="name" required maxLength={255} placeholder="Savings" />
      <SelectField
        label="Network"
        name="network"
        options={networkOptions(instance ? networksOf(instance) : [])}
      />
      <TextField label="Your own reference (optional)" name="external_id" maxLength={255} />
    </FormDialog>
  );
}
