import { useQuery } from '@tanstack/react-query';
import { Text } from '../../ui/Text';
import { customerName } from '../customers/names';
import { customerQuery } from '../customers/queries';
import { money, quotation } from '../money';
import styles from './QuoteFacts.module.css';

interface QuoteFactsProps {
  instanceId: string;
  customerId: string;
  /** The account, wallet or address that it goes to. */
  to: string;
  quote: {
    sender_amount: number;
    receiver_amount: number;
    blindpay_quotation: number;
    flat_fee: number;
    partner_fee_amount: number;
  };
  /** What is paid in, and what arrives. */
  sent: string;
  received: string;
  token: string;
  /** The one of the two that is no token, if one is. */
  currency?: string;
}

/** Who gets what for what: read before a payment is made. */
export function QuoteFacts(props: QuoteFactsProps) {
  const { instanceId, customerId, to, quote, sent, received, token, currency } = props;
  const { data: customer } = useQuery(customerQuery(instanceId, customerId));
  return (
    <dl className={styles.quote}>
      <Line label="Customer" value={customer ? customerName(customer) : customerId} />
      <Line label="To" value={to} />
      <Line label="Sent" value={money(quote.sender_amount, sent)} />
      <Line label="Arrives" value={money(quote.receiver_amount, received)} />
      {currency && (
        <Line label="Rate" value={quotation(quote.blindpay_quotation, currency, token)} />
      )}
      {quote.flat_fee > 0 && <Line label="Fee, in that" value={money(quote.flat_fee, token)} />}
      {quote.partner_fee_amount > 0 && (
        <Line label="Partner's fee, in that" value={money(quote.partner_fee_amount, token)} />
      )}
    </dl>
  );
}

function Line({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <Text value={value} />
      </dd>
    </div>
  );
}
