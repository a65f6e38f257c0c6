import { TextField } from '../../ui/Field';
import { textOf } from '../../ui/FormDialog';
import { familyOf, networkTitle } from '../chains';
import { QuoteDialog } from '../quotes/QuoteDialog';
import { QuoteFacts } from '../quotes/QuoteFacts';
import type { AskedPayout } from './CreatePayoutDialog';
import { createPayout } from './queries';

interface ConfirmPayoutDialogProps {
  instanceId: string;
  asked: AskedPayout;
  onDone: (payoutId: string) => void;
  onAgain: () => void;
  onClose: () => void;
}

/** The quote, and the wallet that the tokens come from. */
export function ConfirmPayoutDialog(props: ConfirmPayoutDialogProps) {
  const { instanceId, asked, onDone, onAgain, onClose } = props;
  const { customerId, request, quote, currency, to } = asked;
  const token = request.token ?? '';
  const family = familyOf(request.network);
  return (
    <QuoteDialog
      title="Create this payout?"
      submit="Create the payout"
      expiry={quote.expiry}
      onSubmit={(fields) =>
        createPayout(instanceId, request.network, {
          quote_id: quote.id,
          sender_wallet_address: textOf(fields, 'sender_wallet_address') ?? '',
          signed_transaction: textOf(fields, 'signed_transaction') ?? null,
        })
      }
      onDone={({ id }) => onDone(id)}
      onAgain={onAgain}
      onClose={onClose}
    >
      <QuoteFacts
        instanceId={instanceId}
        customerId={customerId}
        to={to}
        quote={quote}
        sent={token}
        received={currency}
        token={token}
        currency={currency}
      />
      <TextField
        label="Wallet that the tokens come from"
        name="sender_wallet_address"
        required
        maxLength={64}
        spellCheck={false}
        hint={`Its address on ${networkTitle(request.network)}. It must hold enough, and allow it.`}
      />
      {(family === 'solana' || family === 'stellar') && (
        <TextField
          label="Signed transaction (optional)"
          name="signed_transaction"
          spellCheck={false}
          hint="Where the wallet's owner signs it beforehand."
        />
      )}
    </QuoteDialog>
  );
}
