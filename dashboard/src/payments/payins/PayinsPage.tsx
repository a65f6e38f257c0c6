import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowDownLeft, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { customerName } from '../customers/names';
import { ListFilters } from '../ListFilters';
import { money } from '../money';
import { StatusTag } from '../StatusTag';
import { said } from '../said';
import { CreatePayinDialog } from './CreatePayinDialog';
import { methodTitle } from './methods';
import { type Payin, type PayinFilters, payinsQuery } from './queries';
import { PAYIN_STATUSES } from './search';

interface PayinsPageProps {
  instanceId: string;
  search: PayinFilters;
  onSearch: (search: PayinFilters) => void;
}

/** Money that becomes tokens in wallets. */
export function PayinsPage({ instanceId, search, onSearch }: PayinsPageProps) {
  const payins = useInfiniteQuery(payinsQuery(instanceId, search));
  const mayWrite = useMay(instanceId)('PAYMENTS', 'W');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const filtered = Object.keys(search).length > 0;

  return (
    <Page
      title="Payins"
      lead="Money that becomes tokens in the wallets of customers."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setAsking(true)}>
            <Plus size={14} aria-hidden />
            Create a payin
          </Button>
        )
      }
    >
      <ListFilters
        label="Name of the customer"
        name={search.customer_name}
        onName={(customer_name) => onSearch(said({ ...search, customer_name }))}
        status={search.status}
        statuses={PAYIN_STATUSES}
        onStatus={(status) => onSearch(said({ ...search, status }))}
      />
      <DataTable
        label="Payins"
        query={payins}
        columns={columnsOf(instanceId)}
        rowKey={({ id }) => id}
        empty={
          filtered
            ? { icon: ArrowDownLeft, title: 'No payin matches', text: 'Ask for less at once.' }
            : {
                icon: ArrowDownLeft,
                title: 'No payins yet',
                text: 'Create one to a wallet of a customer, and it says how to pay.',
              }
        }
      />
      <LoadMore list={payins} words="Show older payins" />
      {asking && (
        <CreatePayinDialog
          instanceId={instanceId}
          onDone={(payinId) => {
            queryClient.invalidateQueries({ queryKey: ['payins', instanceId] });
            navigate({
              to: '/instances/$instanceId/payins/$payinId',
              params: { instanceId, payinId },
            });
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Page>
  );
}

function columnsOf(instanceId: string): Column<Payin>[] {
  return [
    {
      title: 'Customer',
      cell: (payin) => (
        <Link
          to="/instances/$instanceId/payins/$payinId"
          params={{ instanceId, payinId: payin.id }}
        >
          <Text value={customerName(payin)} />
        </Link>
      ),
    },
    { title: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
    {
      title: 'Paid',
      numeric: true,
      cell: ({ sender_amount, currency }) => money(sender_amount, currency),
    },
    {
      title: 'Arrives',
      numeric: true,
      cell: ({ receiver_amount, token }) => money(receiver_amount, token),
    },
    { title: 'By', cell: ({ payment_method }) => methodTitle(payment_method) },
    { title: 'In', cell: ({ name }) => <Text value={name} /> },
    { title: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
  ];
}
