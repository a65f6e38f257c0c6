import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { FileText } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Button } from '../../ui/Button';
import { Fact, Facts } from '../../ui/Facts';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { humanise } from '../../ui/words';
import { FileLink } from '../../uploads/FileLink';
import { useRailTitle } from '../bank-accounts/use-rail-title';
import { networkTitle } from '../chains';
import { CustomerLink } from '../customers/CustomerLinks';
import { customerName } from '../customers/names';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { money, quotation } from '../money';
import { StatusTag } from '../StatusTag';
import { Tracking } from '../Tracking';
import { DocumentsDialog } from './DocumentsDialog';
import { type Payout, payoutQuery } from './queries';

interface PayoutPageProps {
  instanceId: string;
  payoutId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One payout: what was sent, what arrives and how far it is. */
export function PayoutPage({ instanceId, payoutId, search, onSearch }: PayoutPageProps) {
  const query = useQuery(payoutQuery(instanceId, payoutId));
  const maySubmit = useMay(instanceId)('DOCUMENTS', 'W');
  const queryClient = useQueryClient();
  const [submitting, setSubmitting] = useState(false);
  const payout = query.data;
  if (!payout) return <LoadingPage title="Payout" query={query} />;
  const waits = payout.tracking_documents?.status === 'waiting_documents';
  return (
    <>
      <DetailPage
        instanceId={instanceId}
        entityId={payoutId}
        title={`${money(payout.receiver_amount, payout.currency)} to ${customerName(payout)}`}
        above={[
          <Link key="list" to="/instances/$instanceId/payouts" params={{ instanceId }}>
            Payouts
          </Link>,
        ]}
        lead={
          <>
            <StatusTag status={payout.status} />
            {waits && ' It waits for a document that says what it is for.'}
          </>
        }
        action={
          waits &&
          maySubmit && (
            <Button look="primary" onClick={() => setSubmitting(true)}>
              <FileText size={14} aria-hidden />
              Submit documents
            </Button>
          )
        }
        tabs={[{ name: 'details', title: 'Details', content: <Details payout={payout} /> }]}
        search={search}
        onSearch={onSearch}
      />
      {submitting && (
        <DocumentsDialog
          instanceId={instanceId}
          payoutId={payoutId}
          onDone={() => {
            setSubmitting(false);
            queryClient.invalidateQueries({ queryKey: ['payouts', instanceId] });
          }}
          onClose={() => setSubmitting(false)}
        />
      )}
    </>
  );
}

function Details({ payout }: { payout: Payout }) {
  const railTitle = useRailTitle();
  const { instance_id: instanceId, customer_id, bank_account_id, token, currency } = payout;
  return (
    <>
      <Facts>
        <Fact label="Id" value={payout.id} mono />
        <Fact label="Sent" value={money(payout.sender_amount, token)} />
        <Fact label="Arrives" value={money(payout.receiver_amount, currency)} />
        <Fact label="Rate" value={quotation(payout.blindpay_quotation, currency, token)} />
        <Fact label="Fees" value={money(payout.total_fee_amount, token)} />
        <Fact label="Customer">
          <CustomerLink instanceId={instanceId} customerId={customer_id} />
        </Fact>
        <Fact label="Bank account">
          <Link
            to="/instances/$instanceId/customers/$customerId/bank-accounts/$bankAccountId"
            params={{ instanceId, customerId: customer_id, bankAccountId: bank_account_id }}
          >
            <Text value={payout.name} />
          </Link>
          {railTitle(payout.type)}
        </Fact>
        <Fact label="From the wallet" value={payout.sender_wallet_address} mono />
        <Fact label="Network" value={networkTitle(payout.network)} />
        <Fact label="Description" value={payout.description} />
        <Fact label="Quote" value={payout.quote_id} mono />
        <Fact label="Partner fee" value={payout.partner_fee_id} mono />
        {payout.transaction_document_file && (
          <Fact label="Document">
            <FileLink url={payout.transaction_document_file}>
              {humanise(payout.transaction_document_type ?? 'document')}
            </FileLink>
            <Text value={payout.transaction_document_id ?? ''} />
          </Fact>
        )}
        <Fact label="Created">
          <When at={payout.created_at} />
        </Fact>
      </Facts>
      <Tracking
        stages={[
          { title: 'Documents', tracking: payout.tracking_documents },
          { title: 'Tokens received', tracking: payout.tracking_transaction },
          { title: 'Tokens exchanged', tracking: payout.tracking_liquidity },
          { title: 'Paid to the bank', tracking: payout.tracking_payment },
          { title: 'Completed', tracking: payout.tracking_complete },
        ]}
      />
    </>
  );
}
