import { TextField } from '../ui/Field';
import { AMOUNT_PATTERN, written } from './money';

interface AmountFieldProps {
  label: string;
  name: string;
  unit: string;
  required?: boolean;
  /** What it is to begin with, in minor units. */
  value?: number | undefined;
}

/** An amount in units, with at most two decimals. */
export function AmountField({ label, name, unit, required, value }: AmountFieldProps) {
  return (
    <TextField
      label={`${label}, ${unit}`}
      name={name}
      required={required}
      inputMode="decimal"
      pattern={AMOUNT_PATTERN}
      title="As 1234.56, with at most two decimals"
      placeholder="0.00"
      defaultValue={value === undefined ? undefined : written(value)}
    />
  );
}
