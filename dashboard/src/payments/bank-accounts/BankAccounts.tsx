import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Landmark, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import type { Customer } from '../customers/queries';
import { StatusTag } from '../StatusTag';
import { CreateBankAccountDialog } from './CreateBankAccountDialog';
import { type BankAccount, bankAccountsQuery } from './queries';
import { numberOf } from './rail-fields';
import { useRailTitle } from './use-rail-title';

/** The accounts that a customer can be paid to. */
export function BankAccounts({ instanceId, customer }: { instanceId: string; customer: Customer }) {
  const accounts = useQuery(bankAccountsQuery(instanceId, customer.id));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const queryClient = useQueryClient();
  const railTitle = useRailTitle();
  const [adding, setAdding] = useState(false);

  const columns: Column<BankAccount>[] = [
    {
      title: 'Name',
      cell: ({ id, name }) => (
        <Link
          to="/instances/$instanceId/customers/$customerId/bank-accounts/$bankAccountId"
          params={{ instanceId, customerId: customer.id, bankAccountId: id }}
        >
          <Text value={name} />
        </Link>
      ),
    },
    { title: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
    { title: 'Rail', cell: ({ type }) => railTitle(type) },
    {
      title: 'Number',
      cell: (account) => <Text value={numberOf(account) ?? '–'} className="mono" />,
    },
    { title: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
  ];

  return (
    <PageSection
      title="Bank accounts"
      lead="Where this customer can be paid to."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            Add a bank account
          </Button>
        )
      }
    >
      <DataTable
        label="Bank accounts"
        query={accounts}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Landmark,
          title: 'No bank accounts yet',
          text: 'Add one to be able to pay this customer.',
        }}
      />
      {adding && (
        <CreateBankAccountDialog
          instanceId={instanceId}
          customerId={customer.id}
          onDone={() => {
            setAdding(false);
            queryClient.invalidateQueries({ queryKey: ['bank-accounts', instanceId] });
          }}
          onClose={() => setAdding(false)}
        />
      )}
    </PageSection>
  );
}
