import type { Invoice } from '../../api/types';
import { dollars } from '../../ui/amounts';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { humanise } from '../../ui/words';
import { type Collection, collectFees } from './queries';

interface CollectDialogProps {
  instanceId: string;
  invoice: Invoice;
  onDone: () => void;
  onClose: () => void;
}

const NETWORKS: readonly Collection['network'][] = [
  'base',
  'polygon',
  'arbitrum',
  'ethereum',
  'solana',
  'tron',
  'stellar',
];
const TOKENS: readonly Collection['token'][] = ['USDC', 'USDT'];

/** Asks to which wallet partner fees are to be sent. */
export function CollectDialog({ instanceId, invoice, onDone, onClose }: CollectDialogProps) {
  return (
    <FormDialog
      title={`Collect ${dollars(invoice.total_to_collect)}`}
      submit="Collect the fees"
      onSubmit={(fields) =>
        collectFees(instanceId, invoice.id, {
          network: fields.get('network') as Collection['network'],
          token: fields.get('token') as Collection['token'],
          wallet_address: textOf(fields, 'wallet_address') ?? '',
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <SelectField
        label="Network"
        name="network"
        options={NETWORKS.map((value) => ({ value, label: humanise(value) }))}
      />
      <SelectField
        label="Token"
        name="token"
        options={TOKENS.map((value) => ({ value, label: value }))}
      />
      <TextField
        label="Address of the wallet"
        name="wallet_address"
        required
        maxLength={64}
        hint="What is sent to a wrong address is lost."
      />
    </FormDialog>
  );
}
