import { decimal, money, quotation } from '../money';
import styles from './QuoteFacts.module.css';

interface QuoteFactsProps {
  quote: {
    sender_amount: number;
    receiver_amount: number;
    blindpay_quotation: number;
    flat_fee?: number;
    partner_fee_amount?: number;
  };
  /** What is paid in, and what arrives. */
  sent: string;
  received: string;
  token: string;
  /** The one of the two that is no token, if one is. */
  currency?: string;
}

/** What a payment costs and brings, in two lines that are read before it is made. */
export function QuoteFacts({ quote, sent, received, token, currency }: QuoteFactsProps) {
  const fees = [
    [quote.flat_fee, 'flat fee'],
    [quote.partner_fee_amount, "partner's fee"],
  ] as const;
  return (
    <dl className={styles.quote}>
      <div>
        <dt>Sent</dt>
        <dd>{money(quote.sender_amount, sent)}</dd>
      </div>
      <div>
        <dt>Arrives</dt>
        <dd>{money(quote.receiver_amount, received)}</dd>
      </div>
      {currency && (
        <div>
          <dt>Rate</dt>
          <dd>{quotation(quote.blindpay_quotation, currency, token)}</dd>
        </div>
      )}
      {fees.map(
        ([amount, words]) =>
          amount !== undefined &&
          amount > 0 && (
            <div key={words}>
              <dt>Of it {words}</dt>
              <dd>
                {decimal(amount)} {token}
              </dd>
            </div>
          ),
      )}
    </dl>
  );
}
