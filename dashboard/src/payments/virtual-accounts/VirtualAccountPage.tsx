import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Button } from '../../ui/Button';
import { Fact, Facts } from '../../ui/Facts';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { networkTitle, type Token } from '../chains';
import { CustomerLinks } from '../customers/CustomerLinks';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { StatusTag } from '../StatusTag';
import { bankTitle } from './banks';
import { DestinationFields } from './DestinationFields';
import { changeVirtualAccount, type VirtualAccount, virtualAccountQuery } from './queries';

interface VirtualAccountPageProps {
  instanceId: string;
  customerId: string;
  accountId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One virtual account: the numbers that others pay to, and where that goes. */
export function VirtualAccountPage(props: VirtualAccountPageProps) {
  const { instanceId, customerId, accountId, search, onSearch } = props;
  const query = useQuery(virtualAccountQuery(instanceId, customerId, accountId));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const queryClient = useQueryClient();
  const [changing, setChanging] = useState(false);
  const account = query.data;
  if (!account) return <LoadingPage title="Virtual account" query={query} />;
  return (
    <>
      <DetailPage
        instanceId={instanceId}
        entityId={accountId}
        title={`Virtual account at ${bankTitle(account.banking_partner)}`}
        above={[
          <CustomerLinks
            key="customer"
            instanceId={instanceId}
            customerId={customerId}
            tab="virtual-accounts"
          />,
        ]}
        lead={<StatusTag status={account.kyc_status} />}
        action={
          mayWrite && (
            <Button onClick={() => setChanging(true)}>
              <Pencil size={14} aria-hidden />
              Change the destination
            </Button>
          )
        }
        tabs={[{ name: 'details', title: 'Details', content: <Details account={account} /> }]}
        search={search}
        onSearch={onSearch}
      />
      {changing && (
        <FormDialog
          title="Change the destination"
          submit="Change the destination"
          onSubmit={(fields) =>
            changeVirtualAccount(instanceId, customerId, accountId, {
              token: fields.get('token') as Token,
              blockchain_wallet_id: textOf(fields, 'blockchain_wallet_id') ?? '',
              partner_fee_id: account.partner_fee_id,
            })
          }
          onDone={() => {
            setChanging(false);
            queryClient.invalidateQueries({ queryKey: ['virtual-accounts', instanceId] });
          }}
          onClose={() => setChanging(false)}
        >
          <p>Whatever is paid in from now on goes there.</p>
          <DestinationFields instanceId={instanceId} customerId={customerId} account={account} />
        </FormDialog>
      )}
    </>
  );
}

function Details({ account }: { account: VirtualAccount }) {
  const { us, blockchain_wallet: wallet } = account;
  return (
    <Facts>
      <Fact label="Id" value={account.id} mono />
      <Fact label="Bank" value={bankTitle(account.banking_partner)} />
      <Fact label="In the name of" value={us.beneficiary.name} />
      <Fact label="Type" value={us.account_type} />
      <Fact label="ACH routing number" value={us.ach.routing_number} mono />
      <Fact label="ACH account number" value={us.ach.account_number} mono />
      <Fact label="Wire routing number" value={us.wire.routing_number} mono />
      <Fact label="Wire account number" value={us.wire.account_number} mono />
      <Fact label="RTP routing number" value={us.rtp.routing_number} mono />
      <Fact label="RTP account number" value={us.rtp.account_number} mono />
      <Fact label="SWIFT code (BIC)" value={us.swift_bic_code} mono />
      <Fact label="SWIFT account number" value={us.swift_account_number} mono />
      <Fact label="Arrives as" value={`${account.token} on ${networkTitle(wallet.network)}`} />
      <Fact label="In the wallet" value={wallet.address} mono />
      <Fact label="Partner fee" value={account.partner_fee_id} mono />
    </Facts>
  );
}
