import { toHundredths } from '../../ui/amounts';
import { CheckField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { createFee, type NewFee } from './queries';

interface CreateFeeDialogProps {
  instanceId: string;
  onDone: () => void;
  onClose: () => void;
}

const MAX_PERCENT = 10;
const MAX_DOLLARS = 1000;

/** Asks for a fee as people say it; the API counts in basis points and cents. */
export function CreateFeeDialog({ instanceId, onDone, onClose }: CreateFeeDialogProps) {
  return (
    <FormDialog
      title="Create a partner fee"
      submit="Create the fee"
      onSubmit={(fields) => createFee(instanceId, readFee(fields))}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField label="Name" name="name" required maxLength={255} />
      <NumberField label="On payouts, in percent" name="payout_percentage_fee" max={MAX_PERCENT} />
      <NumberField label="On payouts, in dollars" name="payout_flat_fee" max={MAX_DOLLARS} />
      <NumberField label="On payins, in percent" name="payin_percentage_fee" max={MAX_PERCENT} />
      <NumberField label="On payins, in dollars" name="payin_flat_fee" max={MAX_DOLLARS} />
      <CheckField
        label="Take it from what arrives in virtual accounts, too"
        name="virtual_account_set"
        hint="One fee at most can be set for that."
      />
      <p>A fee cannot be changed: delete it, and create another one.</p>
    </FormDialog>
  );
}

function NumberField({ label, name, max }: { label: string; name: keyof NewFee; max: number }) {
  return (
    <TextField
      label={label}
      name={name}
      type="number"
      inputMode="decimal"
      required
      min={0}
      max={max}
      step="0.01"
      defaultValue="0"
    />
  );
}

/** Percentages become basis points, dollars cents: hundredths, both of them. */
function readFee(fields: FormData): NewFee {
  const hundredths = (name: keyof NewFee) => toHundredths(textOf(fields, name));
  return {
    name: textOf(fields, 'name') ?? '',
    payout_percentage_fee: hundredths('payout_percentage_fee'),
    payout_flat_fee: hundredths('payout_flat_fee'),
    payin_percentage_fee: hundredths('payin_percentage_fee'),
    payin_flat_fee: hundredths('payin_flat_fee'),
    virtual_account_set: fields.has('virtual_account_set'),
  };
}
