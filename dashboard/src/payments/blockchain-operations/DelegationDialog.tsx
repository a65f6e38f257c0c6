import { useState } from 'react';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import type { Outcome } from './DevelopmentToolsPage';
import type { ToolDialogProps } from './MintDialog';
import { prepareDelegation } from './queries';

export function DelegationDialog({ instanceId, onDone, onClose }: ToolDialogProps) {
  const [of, setOf] = useState<'quote' | 'amount'>('quote');
  const use = async (fields: FormData): Promise<Outcome> => {
    const owner_address = textOf(fields, 'owner_address') ?? '';
    const quote_id = textOf(fields, 'quote_id') ?? null;
    const text = await prepareDelegation(instanceId, {
      owner_address,
      quote_id,
      token_address: textOf(fields, 'token_address') ?? null,
      amount: textOf(fields, 'amount') ?? null,
    });
    return {
      title: 'The delegation, to be signed',
      words: 'The owner of the tokens signs this transaction:',
      entityId: quote_id ?? owner_address,
      text,
    };
  };
  return (
    <FormDialog
      title="Prepare a delegation"
      submit="Prepare the delegation"
      onSubmit={use}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="Address of the owner, on Solana"
        name="owner_address"
        required
        maxLength={64}
        spellCheck={false}
      />
      <SelectField
        label="How much"
        value={of}
        onChange={(event) => setOf(event.target.value as typeof of)}
        options={[
          { value: 'quote', label: 'What a payout quote asks for' },
          { value: 'amount', label: 'An amount of a token' },
        ]}
      />
      {of === 'quote' ? (
        <TextField
          label="Quote"
          name="quote_id"
          required
          minLength={15}
          maxLength={15}
          placeholder="qu_…"
        />
      ) : (
        <>
          <TextField label="Address of the token" name="token_address" required maxLength={64} />
          <TextField
            label="Amount, in units of the token"
            name="amount"
            required
            inputMode="decimal"
            pattern="[0-9]{1,12}([.][0-9]{1,6})?"
            title="As 100 or 0.5, with at most 6 decimals"
          />
        </>
      )}
    </FormDialog>
  );
}
