import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Button, buttonClass } from '../../ui/Button';
import { Fact, Facts } from '../../ui/Facts';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { When } from '../../ui/When';
import { CustomerLinks } from '../customers/CustomerLinks';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { OfframpWallets } from '../offramp-wallets/OfframpWallets';
import { StatusTag } from '../StatusTag';
import { type BankAccount, bankAccountQuery, deleteBankAccount, railFieldsQuery } from './queries';
import { askedFields } from './rail-fields';
import { useRailTitle } from './use-rail-title';

interface BankAccountPageProps {
  instanceId: string;
  customerId: string;
  bankAccountId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One account of a customer, and the addresses whose deposits are paid out to it. */
export function BankAccountPage(props: BankAccountPageProps) {
  const { instanceId, customerId, bankAccountId, search, onSearch } = props;
  const query = useQuery(bankAccountQuery(instanceId, customerId, bankAccountId));
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const account = query.data;
  if (!account) return <LoadingPage title="Bank account" query={query} />;
  return (
    <>
      <DetailPage
        instanceId={instanceId}
        entityId={bankAccountId}
        title={account.name}
        above={[
          <CustomerLinks
            key="customer"
            instanceId={instanceId}
            customerId={customerId}
            tab="bank-accounts"
          />,
        ]}
        lead={<StatusTag status={account.status} />}
        action={
          <>
            {may('PAYMENTS', 'W') && account.status === 'approved' && (
              <Link
                to="/instances/$instanceId/payouts"
                params={{ instanceId }}
                search={{ customer: customerId, bank_account: bankAccountId }}
                className={buttonClass()}
              >
                Pay out to it
              </Link>
            )}
            {may('CUSTOMERS', 'W') && (
              <Button onClick={() => setRemoving(true)}>
                <Trash2 size={14} aria-hidden />
                Remove
              </Button>
            )}
          </>
        }
        tabs={[
          { name: 'details', title: 'Details', content: <AccountDetails account={account} /> },
          {
            name: 'offramp-wallets',
            title: 'Offramp wallets',
            content: (
              <OfframpWallets
                instanceId={instanceId}
                customerId={customerId}
                bankAccountId={bankAccountId}
              />
            ),
          },
        ]}
        search={search}
        onSearch={onSearch}
      />
      {removing && (
        <FormDialog
          title={`Remove ${plain(account.name)}?`}
          submit="Remove the bank account"
          danger
          onSubmit={() => deleteBankAccount(instanceId, customerId, bankAccountId)}
          onDone={() => {
            queryClient.removeQueries({ queryKey: ['bank-accounts', instanceId, customerId] });
            navigate({
              to: '/instances/$instanceId/customers/$customerId',
              params: { instanceId, customerId },
              search: { tab: 'bank-accounts' },
            });
          }}
          onClose={() => setRemoving(false)}
        >
          <p>Nothing more can be paid to it. What was paid stays as it is.</p>
        </FormDialog>
      )}
    </>
  );
}

function AccountDetails({ account }: { account: BankAccount }) {
  const railTitle = useRailTitle();
  const { data: fields = [] } = useQuery(railFieldsQuery(account.type));
  const known = account as Readonly<Record<string, unknown>> as Record<string, string | undefined>;
  return (
    <Facts>
      <Fact label="Id" value={account.id} mono />
      <Fact label="Rail" value={railTitle(account.type)} />
      {askedFields(fields, known).map(({ name, label, options }) => (
        <Fact
          key={name}
          label={label}
          value={options?.find(({ value }) => value === known[name])?.label ?? known[name]}
        />
      ))}
      <Fact label="Created">
        <When at={account.created_at} />
      </Fact>
    </Facts>
  );
}
