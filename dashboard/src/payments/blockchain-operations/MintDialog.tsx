import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import type { Outcome } from './DevelopmentToolsPage';
import { type MintNetwork, mint } from './queries';

export interface ToolDialogProps {
  instanceId: string;
  onDone: (outcome: Outcome) => void;
  onClose: () => void;
}

export function MintDialog({ instanceId, onDone, onClose }: ToolDialogProps) {
  const use = async (fields: FormData): Promise<Outcome> => {
    const address = textOf(fields, 'address') ?? '';
    const amount = textOf(fields, 'amount') ?? '';
    const text = await mint(instanceId, fields.get('network') as MintNetwork, { address, amount });
    return {
      title: 'Minted',
      words: `${amount} USDB are on the address.${text ? ' This is the transaction:' : ''}`,
      entityId: address,
      text,
    };
  };
  return (
    <FormDialog title="Mint USDB" submit="Mint" onSubmit={use} onDone={onDone} onClose={onClose}>
      <SelectField
        label="Network"
        name="network"
        options={[
          { value: 'solana', label: 'Solana devnet' },
          { value: 'stellar', label: 'Stellar testnet' },
        ]}
      />
      <TextField label="Address" name="address" required maxLength={64} spellCheck={false} />
      <TextField
        label="Amount, USDB"
        name="amount"
        required
        inputMode="decimal"
        pattern="[0-9]{1,12}([.][0-9]{1,7})?"
        title="As 100 or 0.5"
        hint="At most 6 decimals on Solana, and 7 on Stellar."
      />
    </FormDialog>
  );
}
