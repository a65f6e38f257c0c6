import { useState } from 'react';
import type { Quoted } from '../quotes/quoted';
import { ConfirmPayoutDialog } from './ConfirmPayoutDialog';
import { PayoutQuoteDialog } from './PayoutQuoteDialog';
import type { PayoutQuote, PayoutQuoteRequest } from './queries';

interface CreatePayoutDialogProps {
  instanceId: string;
  /** Whom, and to which account, where that is said already. */
  customerId?: string | undefined;
  bankAccountId?: string | undefined;
  onDone: (payoutId: string) => void;
  onClose: () => void;
}

export interface AskedPayout {
  readonly customerId: string;
  readonly request: PayoutQuoteRequest;
  readonly currency: string;
  /** The bank account, as people know it. */
  readonly to: string;
  readonly quote: Quoted<PayoutQuote>;
}

/** First what is to be paid, then the quote to say yes to. */
export function CreatePayoutDialog(props: CreatePayoutDialogProps) {
  const [asked, setAsked] = useState<AskedPayout | null>(null);
  const [isAsking, setAsking] = useState(true);
  if (isAsking || !asked) {
    return (
      <PayoutQuoteDialog
        instanceId={props.instanceId}
        customerId={asked?.customerId ?? props.customerId}
        before={asked?.request ?? { bank_account_id: props.bankAccountId }}
        onQuote={(quoted) => {
          setAsked(quoted);
          setAsking(false);
        }}
        onClose={props.onClose}
      />
    );
  }
  return (
    <ConfirmPayoutDialog
      instanceId={props.instanceId}
      asked={asked}
      onDone={props.onDone}
      onAgain={() => setAsking(true)}
      onClose={props.onClose}
    />
  );
}
