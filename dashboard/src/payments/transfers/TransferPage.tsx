import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Fact, Facts } from '../../ui/Facts';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { networkTitle } from '../chains';
import { CustomerLink } from '../customers/CustomerLinks';
import { customerName } from '../customers/names';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { money } from '../money';
import { StatusTag } from '../StatusTag';
import { Tracking } from '../Tracking';
import { type Transfer, transferQuery } from './queries';

interface TransferPageProps {
  instanceId: string;
  transferId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One transfer: what went where, and how far it is. */
export function TransferPage({ instanceId, transferId, search, onSearch }: TransferPageProps) {
  const query = useQuery(transferQuery(instanceId, transferId));
  const transfer = query.data;
  if (!transfer) return <LoadingPage title="Transfer" query={query} />;
  return (
    <DetailPage
      instanceId={instanceId}
      entityId={transferId}
      title={`${money(transfer.sender_amount, transfer.sender_token)} from ${customerName(transfer)}`}
      above={[
        <Link key="list" to="/instances/$instanceId/transfers" params={{ instanceId }}>
          Transfers
        </Link>,
      ]}
      lead={<StatusTag status={transfer.status} />}
      tabs={[{ name: 'details', title: 'Details', content: <Details transfer={transfer} /> }]}
      search={search}
      onSearch={onSearch}
    />
  );
}

function Details({ transfer }: { transfer: Transfer }) {
  const { instance_id: instanceId, customer_id: customerId, wallet_id: walletId } = transfer;
  return (
    <>
      <Facts>
        <Fact label="Id" value={transfer.id} mono />
        <Fact label="Sent" value={money(transfer.sender_amount, transfer.sender_token)} />
        <Fact label="Arrives" value={money(transfer.receiver_amount, transfer.customer_token)} />
        <Fact label="Customer">
          <CustomerLink instanceId={instanceId} customerId={customerId} />
        </Fact>
        <Fact label="From the wallet">
          <Link
            to="/instances/$instanceId/customers/$customerId/wallets/$walletId"
            params={{ instanceId, customerId, walletId }}
          >
            <Text value={transfer.address} className="mono" />
          </Link>
          {networkTitle(transfer.network)}
        </Fact>
        <Fact label="To the address" value={transfer.customer_wallet_address} mono />
        <Fact label="On the network" value={networkTitle(transfer.customer_network)} />
        <Fact label="Your own reference" value={transfer.external_id} />
        <Fact label="Quote" value={transfer.transfer_quote_id} mono />
        <Fact label="Created">
          <When at={transfer.created_at} />
        </Fact>
      </Facts>
      <Tracking
        stages={[
          { title: 'Screened', tracking: transfer.tracking_transaction_monitoring },
          { title: 'Fees of the chain', tracking: transfer.tracking_paymaster },
          { title: 'Moved', tracking: transfer.tracking_bridge_swap },
          { title: 'Completed', tracking: transfer.tracking_complete },
        ]}
      />
    </>
  );
}
