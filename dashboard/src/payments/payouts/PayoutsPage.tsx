import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowUpRight, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { useRailTitle } from '../bank-accounts/use-rail-title';
import { customerName } from '../customers/names';
import { ListFilters } from '../ListFilters';
import { money } from '../money';
import { StatusTag } from '../StatusTag';
import { said } from '../said';
import { CreatePayoutDialog } from './CreatePayoutDialog';
import { type Payout, payoutsQuery } from './queries';
import { PAYOUT_STATUSES, type PayoutsSearch } from './search';

interface PayoutsPageProps {
  instanceId: string;
  search: PayoutsSearch;
  onSearch: (search: PayoutsSearch) => void;
}

/** Tokens that become money in bank accounts. */
export function PayoutsPage({ instanceId, search, onSearch }: PayoutsPageProps) {
  const { customer, bank_account, ...filters } = search;
  const payouts = useInfiniteQuery(payoutsQuery(instanceId, filters));
  const mayWrite = useMay(instanceId)('PAYMENTS', 'W');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const railTitle = useRailTitle();
  const [asking, setAsking] = useState(false);
  const filtered = Object.keys(filters).length > 0;

  return (
    <Page
      title="Payouts"
      lead="Tokens that become money in the bank accounts of customers."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setAsking(true)}>
            <Plus size={14} aria-hidden />
            Create a payout
          </Button>
        )
      }
    >
      <ListFilters
        label="Name of the customer"
        name={filters.customer_name}
        onName={(customer_name) => onSearch(said({ ...filters, customer_name }))}
        status={filters.status}
        statuses={PAYOUT_STATUSES}
        onStatus={(status) => onSearch(said({ ...filters, status }))}
      />
      <DataTable
        label="Payouts"
        query={payouts}
        columns={columnsOf(instanceId, railTitle)}
        rowKey={({ id }) => id}
        empty={
          filtered
            ? { icon: ArrowUpRight, title: 'No payout matches', text: 'Ask for less at once.' }
            : {
                icon: ArrowUpRight,
                title: 'No payouts yet',
                text: 'Create one to a bank account of a customer.',
              }
        }
      />
      <LoadMore list={payouts} words="Show older payouts" />
      {mayWrite && (asking || customer !== undefined) && (
        <CreatePayoutDialog
          instanceId={instanceId}
          customerId={customer}
          bankAccountId={bank_account}
          onDone={(payoutId) => {
            queryClient.invalidateQueries({ queryKey: ['payouts', instanceId] });
            navigate({
              to: '/instances/$instanceId/payouts/$payoutId',
              params: { instanceId, payoutId },
            });
          }}
          onClose={() => {
            setAsking(false);
            onSearch(filters);
          }}
        />
      )}
    </Page>
  );
}

function columnsOf(instanceId: string, railTitle: (rail: string) => string): Column<Payout>[] {
  return [
    {
      title: 'Customer',
      cell: (payout) => (
        <Link
          to="/instances/$instanceId/payouts/$payoutId"
          params={{ instanceId, payoutId: payout.id }}
        >
          <Text value={customerName(payout)} />
        </Link>
      ),
    },
    { title: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
    {
      title: 'Sent',
      numeric: true,
      cell: ({ sender_amount, token }) => money(sender_amount, token),
    },
    {
      title: 'Arrives',
      numeric: true,
      cell: ({ receiver_amount, currency }) => money(receiver_amount, currency),
    },
    {
      title: 'To',
      cell: ({ name, type }) => (
        <>
          <Text value={name} /> · {railTitle(type)}
        </>
      ),
    },
    { title: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
  ];
}
