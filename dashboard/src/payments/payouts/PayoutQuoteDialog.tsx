import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CheckField, SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { AmountField } from '../AmountField';
import { type BankAccount, bankAccountsQuery } from '../bank-accounts/queries';
import { numberOf } from '../bank-accounts/rail-fields';
import { useRailTitle } from '../bank-accounts/use-rail-title';
import { type Network, networkOptions, networksOf, tokensOf } from '../chains';
import { currencyOf } from '../currencies';
import { CustomerField } from '../customers/CustomerField';
import { minorUnits } from '../money';
import { useInstance } from '../use-instance';
import type { AskedPayout } from './CreatePayoutDialog';
import { askForQuote, type PayoutQuoteRequest } from './queries';

interface PayoutQuoteDialogProps {
  instanceId: string;
  customerId: string | undefined;
  /** What was asked for before, as far as it was said. */
  before: { [Key in keyof PayoutQuoteRequest]?: PayoutQuoteRequest[Key] | undefined };
  onQuote: (asked: AskedPayout) => void;
  onClose: () => void;
}

/** What is to be paid out: to whom, how much, and in what. */
export function PayoutQuoteDialog(props: PayoutQuoteDialogProps) {
  const { instanceId, before, onQuote, onClose } = props;
  const instance = useInstance(instanceId);
  const railTitle = useRailTitle();
  const [customerId, setCustomerId] = useState(props.customerId ?? '');
  const [accountId, setAccountId] = useState(before.bank_account_id ?? '');
  const [token, setToken] = useState<string>(before.token ?? '');
  const [counts, setCounts] = useState(before.currency_type ?? 'sender');
  const query = useQuery({
    ...bankAccountsQuery(instanceId, customerId),
    enabled: customerId !== '',
  });
  const accounts = (query.data ?? []).filter(({ status }) => status === 'approved');
  const account = accounts.find(({ id }) => id === accountId) ?? accounts[0];
  const tokens = instance ? tokensOf(instance) : [];
  const networks = instance ? networksOf(instance) : [];
  const sent = tokens.find((each) => each === token) ?? tokens[0] ?? '';
  const currency = account ? currencyOf(account.type) : '';

  const wordsFor = (each: BankAccount) =>
    [each.name, railTitle(each.type), numberOf(each)].filter(Boolean).join(' · ');

  const ask = async (fields: FormData): Promise<AskedPayout> => {
    const request: PayoutQuoteRequest = {
      bank_account_id: account?.id ?? '',
      currency_type: counts,
      cover_fees: fields.has('cover_fees'),
      request_amount: minorUnits(textOf(fields, 'amount') ?? '') ?? 0,
      network: fields.get('network') as Network,
      token: sent || null,
      description: textOf(fields, 'description') ?? null,
    };
    const to = account ? wordsFor(account) : '';
    return { customerId, request, currency, to, quote: await askForQuote(instanceId, request) };
  };

  return (
    <FormDialog
      title="Create a payout"
      submit="Get a quote"
      logged={false}
      onSubmit={ask}
      onDone={onQuote}
      onClose={onClose}
    >
      <CustomerField instanceId={instanceId} value={customerId} onChange={setCustomerId} />
      <SelectField
        label="Bank account"
        required
        value={account?.id ?? ''}
        onChange={(event) => setAccountId(event.target.value)}
        hint={
          query.data && accounts.length === 0
            ? 'This customer has no approved bank account yet: add one on its page first.'
            : undefined
        }
        options={accounts.map((each) => ({ value: each.id, label: plain(wordsFor(each)) }))}
      />
      <SelectField
        label="Token"
        options={tokens.map((value) => ({ value, label: value }))}
        value={sent}
        onChange={(event) => setToken(event.target.value)}
      />
      <SelectField
        label="Network"
        name="network"
        options={networkOptions(networks)}
        defaultValue={before.network}
      />
      <SelectField
        label="The amount is"
        value={counts}
        onChange={(event) => setCounts(event.target.value as typeof counts)}
        options={[
          { value: 'sender', label: `what is sent, in ${sent}` },
          { value: 'receiver', label: `what arrives, in ${currency || 'its currency'}` },
        ]}
      />
      <AmountField
        label="Amount"
        name="amount"
        unit={counts === 'sender' ? sent : currency}
        required
        value={before.request_amount}
      />
      <CheckField
        label="The sender pays the fees on top"
        name="cover_fees"
        defaultChecked={before.cover_fees}
        hint="Otherwise they are taken from what is sent."
      />
      <TextField
        label="Description (optional)"
        name="description"
        maxLength={128}
        defaultValue={before.description ?? ''}
      />
    </FormDialog>
  );
}
