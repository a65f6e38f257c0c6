import { useState } from 'react';
import { QuoteDialog } from '../quotes/QuoteDialog';
import { QuoteFacts } from '../quotes/QuoteFacts';
import type { Quoted } from '../quotes/quoted';
import { createTransfer, type TransferQuote, type TransferQuoteRequest } from './queries';
import { TransferQuoteDialog } from './TransferQuoteDialog';

interface CreateTransferDialogProps {
  instanceId: string;
  /** Whose wallet, where that is said already. */
  customerId: string | undefined;
  walletId: string | undefined;
  onDone: (transferId: string) => void;
  onClose: () => void;
}

export interface AskedTransfer {
  readonly customerId: string;
  readonly request: TransferQuoteRequest;
  readonly quote: Quoted<TransferQuote>;
}

/** First what is to be transferred, then the quote to say yes to. */
export function CreateTransferDialog(props: CreateTransferDialogProps) {
  const { instanceId, onDone, onClose } = props;
  const [asked, setAsked] = useState<AskedTransfer | null>(null);
  const [isAsking, setAsking] = useState(true);
  if (isAsking || !asked) {
    return (
      <TransferQuoteDialog
        instanceId={instanceId}
        customerId={asked?.customerId ?? props.customerId}
        before={asked?.request ?? { wallet_id: props.walletId }}
        onQuote={(quoted) => {
          setAsked(quoted);
          setAsking(false);
        }}
        onClose={onClose}
      />
    );
  }
  const { customerId, request, quote } = asked;
  const token = request.sender_token ?? '';
  return (
    <QuoteDialog
      title="Create this transfer?"
      submit="Create the transfer"
      expiry={quote.expiry}
      onSubmit={() => createTransfer(instanceId, quote.id)}
      onDone={({ id }) => onDone(id)}
      onAgain={() => setAsking(true)}
      onClose={onClose}
    >
      <QuoteFacts
        instanceId={instanceId}
        customerId={customerId}
        to={request.customer_wallet_address}
        quote={quote}
        sent={token}
        received={token}
        token={token}
      />
      <p>A transfer cannot be called back.</p>
    </QuoteDialog>
  );
}
