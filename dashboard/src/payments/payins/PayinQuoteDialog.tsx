import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckField, SelectField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { AmountField } from '../AmountField';
import { blockchainWalletsQuery } from '../blockchain-wallets/queries';
import { networkTitle, tokensOf } from '../chains';
import { currencyOf } from '../currencies';
import { CustomerField } from '../customers/CustomerField';
import { SpecField, valuesOf } from '../fields';
import { minorUnits } from '../money';
import { useInstance } from '../use-instance';
import { walletsQuery } from '../wallets/queries';
import type { AskedPayin } from './CreatePayinDialog';
import { METHOD_OPTIONS, payerFields } from './methods';
import { askForQuote, type PayinQuoteRequest, type PaymentMethod } from './queries';

interface PayinQuoteDialogProps {
  instanceId: string;
  /** What was asked for before. */
  before: AskedPayin | null;
  onQuote: (asked: AskedPayin) => void;
  onClose: () => void;
}

/** What is to be paid in: to which wallet, how, and how much. */
export function PayinQuoteDialog({ instanceId, before, onQuote, onClose }: PayinQuoteDialogProps) {
  const instance = useInstance(instanceId);
  const [customerId, setCustomerId] = useState(before?.customerId ?? '');
  const wallets = useWallets(instanceId, customerId);
  const [walletId, setWalletId] = useState(walletOf(before?.request));
  const [token, setToken] = useState<string>(before?.request.token ?? '');
  const [method, setMethod] = useState<PaymentMethod>(before?.request.payment_method ?? 'pix');
  const [counts, setCounts] = useState(before?.request.currency_type ?? 'sender');
  const wallet = wallets.find(({ id }) => id === walletId) ?? wallets[0];
  const tokens = instance ? tokensOf(instance) : [];
  const received = tokens.find((each) => each === token) ?? tokens[0] ?? '';
  const currency = currencyOf(method);
  const payer = payerFields(method);

  const ask = async (fields: FormData): Promise<AskedPayin> => {
    const request: PayinQuoteRequest = {
      ...(wallet?.isOwn ? { blockchain_wallet_id: wallet.id } : { wallet_id: wallet?.id ?? '' }),
      currency_type: counts,
      cover_fees: fields.has('cover_fees'),
      request_amount: minorUnits(textOf(fields, 'amount') ?? '') ?? 0,
      payment_method: method,
      token: received || null,
      payer_rules: payer.length > 0 ? valuesOf(fields, payer) : null,
      is_otc: false,
    };
    const to = wallet?.words ?? '';
    return { customerId, request, to, quote: await askForQuote(instanceId, request) };
  };

  return (
    <FormDialog
      title="Create a payin"
      submit="Get a quote"
      logged={false}
      onSubmit={ask}
      onDone={onQuote}
      onClose={onClose}
    >
      <CustomerField instanceId={instanceId} value={customerId} onChange={setCustomerId} />
      <SelectField
        label="Wallet"
        required
        value={wallet?.id ?? ''}
        onChange={(event) => setWalletId(event.target.value)}
        hint="Where the tokens arrive."
        options={wallets.map(({ id, words }) => ({ value: id, label: plain(words) }))}
      />
      <SelectField
        label="Paid by"
        options={METHOD_OPTIONS}
        value={method}
        onChange={(event) => setMethod(event.target.value as PaymentMethod)}
      />
      <div key={method} className="plain-fields">
        {payer.map((spec) => (
          <SpecField key={spec.name} spec={spec} />
        ))}
      </div>
      <SelectField
        label="Token"
        options={tokens.map((value) => ({ value, label: value }))}
        value={received}
        onChange={(event) => setToken(event.target.value)}
      />
      <SelectField
        label="The amount is"
        value={counts}
        onChange={(event) => setCounts(event.target.value as typeof counts)}
        options={[
          { value: 'sender', label: `what is paid, in ${currency}` },
          { value: 'receiver', label: `what arrives, in ${received}` },
        ]}
      />
      <AmountField
        label="Amount"
        name="amount"
        unit={counts === 'sender' ? currency : received}
        required
        value={before?.request.request_amount}
      />
      <CheckField
        label="The payer pays the fees on top"
        name="cover_fees"
        defaultChecked={before?.request.cover_fees}
        hint="Otherwise they are taken from what arrives."
      />
    </FormDialog>
  );
}

function walletOf(request: PayinQuoteRequest | undefined): string {
  return request?.blockchain_wallet_id ?? request?.wallet_id ?? '';
}

/** All wallets of a customer: its own, and those that are kept for it. */
function useWallets(instanceId: string, customerId: string) {
  const enabled = customerId !== '';
  const own = useQuery({ ...blockchainWalletsQuery(instanceId, customerId), enabled });
  const kept = useQuery({ ...walletsQuery(instanceId, customerId), enabled });
  return [
    ...(own.data ?? []).map((wallet) => ({ ...wallet, isOwn: true })),
    ...(kept.data ?? []).map((wallet) => ({ ...wallet, isOwn: false })),
  ].map(({ id, name, network, isOwn }) => ({
    id,
    isOwn,
    words: `${name} · ${networkTitle(network)} · ${isOwn ? "the customer's own" : 'kept here'}`,
  }));
}
