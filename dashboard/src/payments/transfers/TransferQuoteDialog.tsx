import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { AmountField } from '../AmountField';
import { type Network, networkOptions, networkTitle, reachable, tokensOf } from '../chains';
import { CustomerField } from '../customers/CustomerField';
import { minorUnits } from '../money';
import { useInstance } from '../use-instance';
import { walletsQuery } from '../wallets/queries';
import type { AskedTransfer } from './CreateTransferDialog';
import { askForQuote, type TransferQuoteRequest } from './queries';

interface TransferQuoteDialogProps {
  instanceId: string;
  customerId: string | undefined;
  /** What was asked for before, as far as it was said. */
  before: { [Key in keyof TransferQuoteRequest]?: TransferQuoteRequest[Key] | undefined };
  onQuote: (asked: AskedTransfer) => void;
  onClose: () => void;
}

/** What is to be transferred: out of which wallet, how much, and to which address. */
export function TransferQuoteDialog(props: TransferQuoteDialogProps) {
  const { instanceId, before, onQuote, onClose } = props;
  const instance = useInstance(instanceId);
  const [customerId, setCustomerId] = useState(props.customerId ?? '');
  const [walletId, setWalletId] = useState(before.wallet_id ?? '');
  const [chosenToken, setToken] = useState<string>(before.sender_token ?? '');
  const query = useQuery({ ...walletsQuery(instanceId, customerId), enabled: customerId !== '' });
  const wallets = query.data ?? [];
  const wallet = wallets.find(({ id }) => id === walletId) ?? wallets[0];
  const tokens = instance ? tokensOf(instance) : [];
  const token = tokens.find((each) => each === chosenToken) ?? tokens[0];

  const ask = async (fields: FormData): Promise<AskedTransfer> => {
    const request: TransferQuoteRequest = {
      wallet_id: wallet?.id ?? '',
      amount_reference: 'sender',
      request_amount: minorUnits(textOf(fields, 'amount') ?? '') ?? 0,
      sender_token: token ?? null,
      customer_token: token ?? null,
      customer_wallet_address: textOf(fields, 'address') ?? '',
      customer_network: fields.get('network') as Network,
    };
    return { customerId, request, quote: await askForQuote(instanceId, request) };
  };

  return (
    <FormDialog
      title="Create a transfer"
      submit="Get a quote"
      logged={false}
      onSubmit={ask}
      onDone={onQuote}
      onClose={onClose}
    >
      <CustomerField instanceId={instanceId} value={customerId} onChange={setCustomerId} />
      <SelectField
        label="From the wallet"
        required
        value={wallet?.id ?? ''}
        onChange={(event) => setWalletId(event.target.value)}
        hint={
          query.data?.length === 0
            ? 'No wallet is kept for this customer yet: open one on its page first.'
            : undefined
        }
        options={wallets.map(({ id, name, network }) => ({
          value: id,
          label: `${plain(name)} · ${networkTitle(network)}`,
        }))}
      />
      <SelectField
        label="Token"
        options={tokens.map((value) => ({ value, label: value }))}
        value={token ?? ''}
        onChange={(event) => setToken(event.target.value)}
      />
      <AmountField
        label="Amount"
        name="amount"
        unit={token ?? ''}
        required
        value={before.request_amount}
      />
      <SelectField
        label="To the network"
        name="network"
        hint="Only USDC can go to another network than its own."
        options={networkOptions(wallet && token ? reachable(wallet.network, token) : [])}
      />
      <TextField
        label="To the address"
        name="address"
        required
        minLength={32}
        maxLength={64}
        spellCheck={false}
        defaultValue={before.customer_wallet_address}
      />
    </FormDialog>
  );
}
