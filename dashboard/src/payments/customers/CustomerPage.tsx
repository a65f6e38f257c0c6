import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Button } from '../../ui/Button';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { BankAccounts } from '../bank-accounts/BankAccounts';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { Limits } from '../limit-increases/Limits';
import { StatusTag } from '../StatusTag';
import { VirtualAccounts } from '../virtual-accounts/VirtualAccounts';
import { CustomerDetails } from './CustomerDetails';
import { CustomerWallets } from './CustomerWallets';
import { EditCustomerDialog } from './EditCustomerDialog';
import { customerName } from './names';
import { customerQuery, deleteCustomer } from './queries';

interface CustomerPageProps {
  instanceId: string;
  customerId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One customer: who it is, what it has, how much it may move, and what was done. */
export function CustomerPage({ instanceId, customerId, search, onSearch }: CustomerPageProps) {
  const query = useQuery(customerQuery(instanceId, customerId));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [doing, setDoing] = useState<'edit' | 'delete' | null>(null);
  const close = () => setDoing(null);
  const reload = () => queryClient.invalidateQueries({ queryKey: ['customers', instanceId] });

  const customer = query.data;
  if (!customer) return <LoadingPage title="Customer" query={query} />;
  const name = customerName(customer);
  const part = { instanceId, customer };
  return (
    <>
      <DetailPage
        instanceId={instanceId}
        entityId={customerId}
        title={name}
        above={[
          <Link key="list" to="/instances/$instanceId/customers" params={{ instanceId }}>
            Customers
          </Link>,
        ]}
        lead={<StatusTag status={customer.kyc_status} />}
        action={
          mayWrite && (
            <>
              <Button onClick={() => setDoing('edit')}>
                <Pencil size={14} aria-hidden />
                Edit
              </Button>
              <Button onClick={() => setDoing('delete')}>
                <Trash2 size={14} aria-hidden />
                Delete
              </Button>
            </>
          )
        }
        tabs={[
          { name: 'details', title: 'Details', content: <CustomerDetails customer={customer} /> },
          { name: 'bank-accounts', title: 'Bank accounts', content: <BankAccounts {...part} /> },
          { name: 'wallets', title: 'Wallets', content: <CustomerWallets {...part} /> },
          {
            name: 'virtual-accounts',
            title: 'Virtual accounts',
            content: <VirtualAccounts {...part} />,
          },
          { name: 'limits', title: 'Limits', content: <Limits {...part} /> },
        ]}
        search={search}
        onSearch={onSearch}
      />
      {doing === 'edit' && (
        <EditCustomerDialog
          customer={customer}
          onDone={() => {
            close();
            reload();
          }}
          onClose={close}
        />
      )}
      {doing === 'delete' && (
        <FormDialog
          title={`Delete ${plain(name)}?`}
          submit="Delete the customer"
          danger
          onSubmit={() => deleteCustomer(instanceId, customerId)}
          onDone={() => {
            queryClient.removeQueries({ queryKey: ['customers', instanceId, customerId] });
            reload();
            navigate({ to: '/instances/$instanceId/customers', params: { instanceId } });
          }}
          onClose={close}
        >
          <p>
            Its bank accounts, wallets and virtual accounts go with it. What was paid, and what was
            done, stays in the log.
          </p>
        </FormDialog>
      )}
    </>
  );
}
