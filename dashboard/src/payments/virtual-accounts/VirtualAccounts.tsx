import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Landmark, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Text } from '../../ui/Text';
import { Address } from '../Address';
import { networkTitle } from '../chains';
import type { Customer } from '../customers/queries';
import { StatusTag } from '../StatusTag';
import { bankTitle } from './banks';
import { OpenVirtualAccountDialog } from './OpenVirtualAccountDialog';
import { type VirtualAccount, virtualAccountsQuery } from './queries';

interface VirtualAccountsProps {
  instanceId: string;
  customer: Customer;
}

/** Accounts at banks in a customer's name; what is paid into them arrives as tokens. */
export function VirtualAccounts({ instanceId, customer }: VirtualAccountsProps) {
  const accounts = useQuery(virtualAccountsQuery(instanceId, customer.id));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const queryClient = useQueryClient();
  const [opening, setOpening] = useState(false);

  const columns: Column<VirtualAccount>[] = [
    {
      title: 'Bank',
      cell: ({ id, banking_partner }) => (
        <Link
          to="/instances/$instanceId/customers/$customerId/virtual-accounts/$accountId"
          params={{ instanceId, customerId: customer.id, accountId: id }}
        >
          {bankTitle(banking_partner)}
        </Link>
      ),
    },
    { title: 'Status', cell: ({ kyc_status }) => <StatusTag status={kyc_status} /> },
    {
      title: 'Account number',
      cell: ({ us }) => <Text value={us.ach.account_number || '–'} className="mono" />,
    },
    { title: 'Arrives as', cell: ({ token }) => token },
    {
      title: 'In',
      cell: ({ blockchain_wallet: { network, address } }) => (
        <>
          {networkTitle(network)} <Address value={address} />
        </>
      ),
    },
  ];

  return (
    <PageSection
      title="Virtual accounts"
      lead="Bank accounts in the customer's name. What is paid into one arrives as tokens in a wallet."
      action={
        mayWrite && (
          <Button look="primary" onClick={() => setOpening(true)}>
            <Plus size={14} aria-hidden />
            Open a virtual account
          </Button>
        )
      }
    >
      <DataTable
        label="Virtual accounts"
        query={accounts}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Landmark,
          title: 'No virtual accounts yet',
          text: 'Open one for the customer to be paid in dollars by bank transfer.',
        }}
      />
      {opening && (
        <OpenVirtualAccountDialog
          instanceId={instanceId}
          customer={customer}
          onDone={() => {
            setOpening(false);
            queryClient.invalidateQueries({ queryKey: ['virtual-accounts', instanceId] });
          }}
          onClose={() => setOpening(false)}
        />
      )}
    </PageSection>
  );
}
