import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { PageSection } from '../../shell/Page';
import { Fact, Facts } from '../../ui/Facts';
import { When } from '../../ui/When';
import { networkTitle } from '../chains';
import { CustomerLink } from '../customers/CustomerLinks';
import { customerName } from '../customers/names';
import { DetailPage } from '../DetailPage';
import type { ChangeDetail, DetailSearch } from '../detail-search';
import { LoadingPage } from '../LoadingPage';
import { money, quotation } from '../money';
import { StatusTag } from '../StatusTag';
import { Tracking } from '../Tracking';
import { HowToPay } from './HowToPay';
import { methodTitle } from './methods';
import { type Payin, payinQuery } from './queries';

interface PayinPageProps {
  instanceId: string;
  payinId: string;
  search: DetailSearch;
  onSearch: ChangeDetail;
}

/** One payin: how it is paid, what arrives and how far it is. */
export function PayinPage({ instanceId, payinId, search, onSearch }: PayinPageProps) {
  const query = useQuery(payinQuery(instanceId, payinId));
  const payin = query.data;
  if (!payin) return <LoadingPage title="Payin" query={query} />;
  return (
    <DetailPage
      instanceId={instanceId}
      entityId={payinId}
      title={`${money(payin.receiver_amount, payin.token)} for ${customerName(payin)}`}
      above={[
        <Link key="list" to="/instances/$instanceId/payins" params={{ instanceId }}>
          Payins
        </Link>,
      ]}
      lead={<StatusTag status={payin.status} />}
      tabs={[{ name: 'details', title: 'Details', content: <Details payin={payin} /> }]}
      search={search}
      onSearch={onSearch}
    />
  );
}

function Details({ payin }: { payin: Payin }) {
  return (
    <>
      {payin.status === 'processing' && <HowToPay payin={payin} />}
      <PageSection title="The payin">
        <PayinFacts payin={payin} />
      </PageSection>
      <Tracking
        stages={[
          { title: 'Money received', tracking: payin.tracking_transaction },
          { title: 'Money exchanged', tracking: payin.tracking_payment },
          { title: 'Tokens sent', tracking: payin.tracking_complete },
        ]}
      />
    </>
  );
}

function PayinFacts({ payin }: { payin: Payin }) {
  const { token, currency } = payin;
  return (
    <Facts>
      <Fact label="Id" value={payin.id} mono />
      <Fact label="Paid" value={money(payin.sender_amount, currency)} />
      <Fact label="Arrives" value={money(payin.receiver_amount, token)} />
      <Fact label="Rate" value={quotation(payin.blindpay_quotation, currency, token)} />
      <Fact
        label="Fees"
        value={payin.total_fee_amount === null ? null : money(payin.total_fee_amount, token)}
      />
      <Fact label="Paid by" value={methodTitle(payin.payment_method)} />
      <Fact label="Customer">
        <CustomerLink instanceId={payin.instance_id} customerId={payin.customer_id} />
      </Fact>
      <Fact label="Wallet" value={payin.name} />
      <Fact label="Address" value={payin.address} mono />
      <Fact label="Network" value={networkTitle(payin.network)} />
      <Fact label="Quote" value={payin.payin_quote_id} mono />
      <Fact label="Partner fee" value={payin.partner_fee_id} mono />
      <Fact label="Created">
        <When at={payin.created_at} />
      </Fact>
    </Facts>
  );
}
