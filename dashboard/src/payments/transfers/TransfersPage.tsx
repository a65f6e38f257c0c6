import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeftRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { Address } from '../Address';
import { networkTitle } from '../chains';
import { customerName } from '../customers/names';
import { money } from '../money';
import { StatusTag } from '../StatusTag';
import { CreateTransferDialog } from './CreateTransferDialog';
import { type Transfer, transfersQuery } from './queries';
import type { TransfersSearch } from './search';

interface TransfersPageProps {
  instanceId: string;
  search: TransfersSearch;
  onSearch: (search: TransfersSearch) => void;
}

/** Tokens that leave the wallets that are kept for customers. */
export function TransfersPage({ instanceId, search, onSearch }: TransfersPageProps) {
  const transfers = useInfiniteQuery(transfersQuery(instanceId));
  const mayWrite = useMay(instanceId)('PAYMENTS', 'W');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);

  return (
    <Page
      title="Transfers"
      lead="Tokens that leave the wallets that are kept for customers."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setAsking(true)}>
            <Plus size={14} aria-hidden />
            Create a transfer
          </Button>
        )
      }
    >
      <DataTable
        label="Transfers"
        query={transfers}
        columns={columnsOf(instanceId)}
        rowKey={({ id }) => id}
        empty={{
          icon: ArrowLeftRight,
          title: 'No transfers yet',
          text: 'Create one from a wallet that is kept for a customer.',
        }}
      />
      <LoadMore list={transfers} words="Show older transfers" />
      {mayWrite && (asking || search.customer !== undefined) && (
        <CreateTransferDialog
          instanceId={instanceId}
          customerId={search.customer}
          walletId={search.wallet}
          onDone={(transferId) => {
            queryClient.invalidateQueries({ queryKey: ['transfers', instanceId] });
            navigate({
              to: '/instances/$instanceId/transfers/$transferId',
              params: { instanceId, transferId },
            });
          }}
          onClose={() => {
            setAsking(false);
            onSearch({});
          }}
        />
      )}
    </Page>
  );
}

function columnsOf(instanceId: string): Column<Transfer>[] {
  return [
    {
      title: 'Customer',
      cell: (transfer) => (
        <Link
          to="/instances/$instanceId/transfers/$transferId"
          params={{ instanceId, transferId: transfer.id }}
        >
          <Text value={customerName(transfer)} />
        </Link>
      ),
    },
    { title: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
    {
      title: 'Sent',
      numeric: true,
      cell: ({ sender_amount, sender_token }) => money(sender_amount, sender_token),
    },
    {
      title: 'To',
      cell: ({ customer_wallet_address }) => <Address value={customer_wallet_address} />,
    },
    { title: 'Network', cell: ({ customer_network }) => networkTitle(customer_network) },
    { title: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
  ];
}
