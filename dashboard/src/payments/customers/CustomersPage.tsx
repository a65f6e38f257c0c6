import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Plus, UserRound } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { countryName, humanise } from '../../ui/words';
import { ListFilters } from '../ListFilters';
import { StatusTag } from '../StatusTag';
import { said } from '../said';
import { CreateCustomerDialog } from './CreateCustomerDialog';
import { customerName } from './names';
import { type Customer, customersQuery } from './queries';
import { type CustomersSearch, KYC_STATUSES } from './search';

interface CustomersPageProps {
  instanceId: string;
  search: CustomersSearch;
  onSearch: (search: CustomersSearch) => void;
}

/** The people and businesses that are paid, and pay. */
export function CustomersPage({ instanceId, search, onSearch }: CustomersPageProps) {
  const { tos_id, ...filters } = search;
  const customers = useInfiniteQuery(customersQuery(instanceId, filters));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const isCreating = asking || tos_id !== undefined;
  const filtered = Object.keys(filters).length > 0;

  return (
    <Page
      title="Customers"
      lead="The people and businesses that are paid, and pay."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setAsking(true)}>
            <Plus size={14} aria-hidden />
            Create a customer
          </Button>
        )
      }
    >
      <ListFilters
        label="Name of the customer"
        name={filters.full_name}
        onName={(full_name) => onSearch(said({ ...filters, full_name }))}
        status={filters.status}
        statuses={KYC_STATUSES}
        onStatus={(status) => onSearch(said({ ...filters, status }))}
      />
      <DataTable
        label="Customers"
        query={customers}
        columns={columnsOf(instanceId)}
        rowKey={({ id }) => id}
        empty={
          filtered
            ? { icon: UserRound, title: 'No customer matches', text: 'Ask for less at once.' }
            : {
                icon: UserRound,
                title: 'No customers yet',
                text: 'Create one: bank accounts, wallets and payments all belong to a customer.',
              }
        }
      />
      <LoadMore list={customers} words="Show older customers" />
      {isCreating && (
        <CreateCustomerDialog
          instanceId={instanceId}
          termsId={tos_id}
          onDone={(customerId) =>
            navigate({
              to: '/instances/$instanceId/customers/$customerId',
              params: { instanceId, customerId },
            })
          }
          onClose={() => {
            setAsking(false);
            onSearch(filters);
          }}
        />
      )}
    </Page>
  );
}

function columnsOf(instanceId: string): Column<Customer>[] {
  return [
    {
      title: 'Name',
      cell: (customer) => (
        <Link
          to="/instances/$instanceId/customers/$customerId"
          params={{ instanceId, customerId: customer.id }}
        >
          <Text value={customerName(customer)} />
        </Link>
      ),
    },
    { title: 'Status', cell: ({ kyc_status }) => <StatusTag status={kyc_status} /> },
    { title: 'Type', cell: ({ type }) => humanise(type) },
    { title: 'Country', cell: ({ country }) => countryName(country) ?? <Text value={country} /> },
    { title: 'E-mail', cell: ({ email }) => <Text value={email} /> },
    { title: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
  ];
}
