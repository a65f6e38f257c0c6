import { CountryField } from '../../ui/CountryField';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { dayOf, textOrNull } from './form';
import { type BusinessDetails, saveDetails } from './queries';
import type { StepDialogProps } from './steps';
import { ENTITY_TYPES, optionsOf } from './words';

/** Asks which business the instance belongs to. */
export function DetailsDialog({ instanceId, onboarding, ...ends }: StepDialogProps) {
  const before = onboarding.details;
  return (
    <FormDialog
      title="Business details"
      submit="Submit the details"
      onSubmit={(fields) => saveDetails(instanceId, readDetails(fields))}
      {...ends}
    >
      <SelectField
        label="Kind of business"
        name="entity_type"
        options={optionsOf(ENTITY_TYPES)}
        defaultValue={before?.entity_type}
      />
      <TextField label="Legal name" name="legal_name" required defaultValue={before?.legal_name} />
      <TextField
        label="Trading names"
        name="trading_names"
        defaultValue={before?.trading_names.join('; ')}
        hint="Other names that it is known by, separated by semicolons."
      />
      <TextField label="Tax id" name="tax_id" required defaultValue={before?.tax_id} />
      <TextField
        label="Founded on"
        name="formation_date"
        type="date"
        required
        defaultValue={dayOf(before?.formation_date)}
      />
      <TextField
        label="State of incorporation"
        name="state_of_incorporation"
        required
        defaultValue={before?.state_of_incorporation}
      />
      <TextField
        label="Address"
        name="address_line_1"
        required
        defaultValue={before?.address_line_1}
      />
      <TextField
        label="Address, second line"
        name="address_line_2"
        defaultValue={before?.address_line_2 ?? ''}
      />
      <TextField
        label="Postal code"
        name="postal_code"
        required
        defaultValue={before?.postal_code}
      />
      <TextField label="City" name="city" required defaultValue={before?.city} />
      <TextField
        label="State or region"
        name="state_province_region"
        required
        defaultValue={before?.state_province_region}
      />
      <CountryField label="Country" name="country" required defaultValue={before?.country} />
    </FormDialog>
  );
}

function readDetails(fields: FormData): BusinessDetails {
  const text = (name: keyof BusinessDetails) => textOf(fields, name) ?? '';
  return {
    entity_type: text('entity_type') as BusinessDetails['entity_type'],
    legal_name: text('legal_name'),
    trading_names: text('trading_names')
      .split(';')
      .map((name) => name.trim())
      .filter(Boolean),
    tax_id: text('tax_id'),
    formation_date: text('formation_date'),
    state_of_incorporation: text('state_of_incorporation'),
    address_line_1: text('address_line_1'),
    address_line_2: textOrNull(fields, 'address_line_2'),
    postal_code: text('postal_code'),
    city: text('city'),
    state_province_region: text('state_province_region'),
    country: text('country'),
  };
}
