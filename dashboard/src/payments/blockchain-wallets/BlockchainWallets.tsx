import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Link2, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Text } from '../../ui/Text';
import { Address } from '../Address';
import { networkTitle } from '../chains';
import type { Customer } from '../customers/queries';
import { AddBlockchainWalletDialog } from './AddBlockchainWalletDialog';
import { type BlockchainWallet, blockchainWalletsQuery } from './queries';

/** The wallets that a customer brings along. */
export function BlockchainWallets({
  instanceId,
  customer,
}: {
  instanceId: string;
  customer: Customer;
}) {
  const wallets = useQuery(blockchainWalletsQuery(instanceId, customer.id));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const [adding, setAdding] = useState(false);

  const columns: Column<BlockchainWallet>[] = [
    {
      title: 'Name',
      cell: ({ id, name }) => (
        <Link
          to="/instances/$instanceId/customers/$customerId/blockchain-wallets/$walletId"
          params={{ instanceId, customerId: customer.id, walletId: id }}
        >
          <Text value={name} />
        </Link>
      ),
    },
    { title: 'Network', cell: ({ network }) => networkTitle(network) },
    { title: 'Address', cell: ({ address }) => <Address value={address} /> },
    {
      title: 'Known by',
      cell: ({ is_account_abstraction }) => (is_account_abstraction ? 'Address' : 'Signature'),
    },
  ];

  return (
    <PageSection
      title="Blockchain wallets"
      lead="The customer's own: payins arrive there."
      action={
        mayWrite && (
          <Button onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            Add a blockchain wallet
          </Button>
        )
      }
    >
      <DataTable
        label="Blockchain wallets"
        query={wallets}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Link2,
          title: 'No blockchain wallets yet',
          text: 'Add one for payins to arrive in.',
        }}
      />
      {adding && (
        <AddBlockchainWalletDialog
          instanceId={instanceId}
          customerId={customer.id}
          onClose={() => setAdding(false)}
        />
      )}
    </PageSection>
  );
}
