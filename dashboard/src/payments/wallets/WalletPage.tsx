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
import { networkTitle, tokensOf } from '../chains';
import { CustomerLinks } from '../customers/CustomerLinks';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { units } from '../money';
import { useInstance } from '../use-instance';
import { balanceQuery, closeWallet, type Wallet, walletQuery } from './queries';

interface WalletPath {
  instanceId: string;
  customerId: string;
  walletId: string;
}

interface WalletPageProps extends WalletPath {
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One wallet that is kept for a customer, and what is on it. */
export function WalletPage({ search, onSearch, ...path }: WalletPageProps) {
  const { instanceId, customerId, walletId } = path;
  const query = useQuery(walletQuery(instanceId, customerId, walletId));
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [closing, setClosing] = useState(false);
  const wallet = query.data;
  if (!wallet) return <LoadingPage title="Wallet" query={query} />;
  return (
    <>
      <DetailPage
        instanceId={instanceId}
        entityId={walletId}
        title={wallet.name}
        above={[
          <CustomerLinks
            key="customer"
            instanceId={instanceId}
            customerId={customerId}
            tab="wallets"
          />,
        ]}
        lead={`A wallet on ${networkTitle(wallet.network)}, kept for the customer.`}
        action={
          <>
            {may('PAYMENTS', 'W') && (
              <Link
                to="/instances/$instanceId/transfers"
                params={{ instanceId }}
                search={{ customer: customerId, wallet: walletId }}
                className={buttonClass()}
              >
                Transfer from it
              </Link>
            )}
            {may('CUSTOMERS', 'W') && (
              <Button onClick={() => setClosing(true)}>
                <Trash2 size={14} aria-hidden />
                Close
              </Button>
            )}
          </>
        }
        tabs={[
          {
            name: 'details',
            title: 'Details',
            content: <WalletDetails wallet={wallet} path={path} />,
          },
        ]}
        search={search}
        onSearch={onSearch}
      />
      {closing && (
        <FormDialog
          title={`Close ${plain(wallet.name)}?`}
          submit="Close the wallet"
          danger
          onSubmit={() => closeWallet(instanceId, customerId, walletId)}
          onDone={() => {
            queryClient.removeQueries({ queryKey: ['wallets', instanceId, customerId] });
            navigate({
              to: '/instances/$instanceId/customers/$customerId',
              params: { instanceId, customerId },
              search: { tab: 'wallets' },
            });
          }}
          onClose={() => setClosing(false)}
        >
          <p>Nothing can be transferred from it any more. Move what is on it first.</p>
        </FormDialog>
      )}
    </>
  );
}

function WalletDetails({ wallet, path }: { wallet: Wallet; path: WalletPath }) {
  return (
    <Facts>
      <Fact label="Balance">
        <Balance {...path} />
      </Fact>
      <Fact label="Id" value={wallet.id} mono />
      <Fact label="Network" value={networkTitle(wallet.network)} />
      <Fact label="Address" value={wallet.address} mono />
      <Fact label="Your own reference" value={wallet.external_id} />
      <Fact label="Opened">
        <When at={wallet.created_at} />
      </Fact>
    </Facts>
  );
}

function Balance({ instanceId, customerId, walletId }: WalletPath) {
  const { data, isError } = useQuery(balanceQuery(instanceId, customerId, walletId));
  const instance = useInstance(instanceId);
  if (isError) return 'Not known at the moment';
  if (!data || !instance) return 'Loading…';
  return tokensOf(instance)
    .map((token) => `${units(data[token].amount)} ${token}`)
    .join(', ');
}
