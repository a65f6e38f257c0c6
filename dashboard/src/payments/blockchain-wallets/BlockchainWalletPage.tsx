import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Button } from '../../ui/Button';
import { Fact, Facts } from '../../ui/Facts';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { networkTitle } from '../chains';
import { CustomerLinks } from '../customers/CustomerLinks';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { type BlockchainWallet, blockchainWalletQuery, removeBlockchainWallet } from './queries';

interface BlockchainWalletPageProps {
  instanceId: string;
  customerId: string;
  walletId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One wallet that a customer brought along. */
export function BlockchainWalletPage(props: BlockchainWalletPageProps) {
  const { instanceId, customerId, walletId, search, onSearch } = props;
  const query = useQuery(blockchainWalletQuery(instanceId, customerId, walletId));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState(false);
  const wallet = query.data;
  if (!wallet) return <LoadingPage title="Blockchain wallet" query={query} />;
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
        lead={`A blockchain wallet on ${networkTitle(wallet.network)}.`}
        action={
          mayWrite && (
            <Button onClick={() => setRemoving(true)}>
              <Trash2 size={14} aria-hidden />
              Remove
            </Button>
          )
        }
        tabs={[{ name: 'details', title: 'Details', content: <WalletDetails wallet={wallet} /> }]}
        search={search}
        onSearch={onSearch}
      />
      {removing && (
        <FormDialog
          title={`Remove ${plain(wallet.name)}?`}
          submit="Remove the wallet"
          danger
          onSubmit={() => removeBlockchainWallet(instanceId, customerId, walletId)}
          onDone={() => {
            queryClient.removeQueries({ queryKey: ['blockchain-wallets', instanceId, customerId] });
            navigate({
              to: '/instances/$instanceId/customers/$customerId',
              params: { instanceId, customerId },
              search: { tab: 'wallets' },
            });
          }}
          onClose={() => setRemoving(false)}
        >
          <p>No payin can go there any more. What is on it stays the customer's.</p>
        </FormDialog>
      )}
    </>
  );
}

function WalletDetails({ wallet }: { wallet: BlockchainWallet }) {
  return (
    <Facts>
      <Fact label="Id" value={wallet.id} mono />
      <Fact label="Network" value={networkTitle(wallet.network)} />
      <Fact label="Address" value={wallet.address} mono />
      <Fact label="Known by" value={wallet.is_account_abstraction ? 'Address' : 'Signature'} />
      <Fact label="Signature" value={wallet.signature_tx_hash} mono />
    </Facts>
  );
}
