import { useState } from 'react';
import { currencyOf } from '../currencies';
import { QuoteDialog } from '../quotes/QuoteDialog';
import { QuoteFacts } from '../quotes/QuoteFacts';
import type { Quoted } from '../quotes/quoted';
import { PayinQuoteDialog } from './PayinQuoteDialog';
import { createPayin, type PayinQuote, type PayinQuoteRequest } from './queries';

interface CreatePayinDialogProps {
  instanceId: string;
  onDone: (payinId: string) => void;
  onClose: () => void;
}

export interface AskedPayin {
  readonly customerId: string;
  readonly request: PayinQuoteRequest;
  /** The wallet, as people know it. */
  readonly to: string;
  readonly quote: Quoted<PayinQuote>;
}

/** First what is to be paid in, then the quote to say yes to. */
export function CreatePayinDialog({ instanceId, onDone, onClose }: CreatePayinDialogProps) {
  const [asked, setAsked] = useState<AskedPayin | null>(null);
  const [isAsking, setAsking] = useState(true);
  if (isAsking || !asked) {
    return (
      <PayinQuoteDialog
        instanceId={instanceId}
        before={asked}
        onQuote={(quoted) => {
          setAsked(quoted);
          setAsking(false);
        }}
        onClose={onClose}
      />
    );
  }
  const { customerId, request, quote, to } = asked;
  const [token, currency] = [request.token ?? '', currencyOf(request.payment_method)];
  return (
    <QuoteDialog
      title="Create this payin?"
      submit="Create the payin"
      expiry={quote.expiry}
      onSubmit={() => createPayin(instanceId, quote.id)}
      onDone={({ id }) => onDone(id)}
      onAgain={() => setAsking(true)}
      onClose={onClose}
    >
      <QuoteFacts
        instanceId={instanceId}
        customerId={customerId}
        to={to}
        quote={quote}
        sent={currency}
        received={token}
        token={token}
        currency={currency}
      />
      <p>Once it is created, its page says how the payer pays.</p>
    </QuoteDialog>
  );
}
