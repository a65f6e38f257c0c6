import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { COUNTRIES } from '../../ui/countries';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { FieldGroup, valuesOf } from '../fields';
import { useInstance } from '../use-instance';
import { type CustomerKind, sectionsOf } from './fields';
import { Owners, ownersOf } from './Owners';
import { createCustomer, type NewCustomer } from './queries';

interface CustomerFormProps {
  instanceId: string;
  termsId: string;
  onDone: (customerId: string) => void;
  onClose: () => void;
}

const TYPES = [
  { value: 'individual', label: 'A person' },
  { value: 'business', label: 'A business' },
];
const DEPTHS = [
  { value: 'light', label: 'Light' },
  { value: 'standard', label: 'Standard' },
  { value: 'enhanced', label: 'Enhanced: higher limits' },
];

/** Who a new customer is: which fields there are depends on what it is, and how well it is verified. */
export function CustomerForm({ instanceId, termsId, onDone, onClose }: CustomerFormProps) {
  const queryClient = useQueryClient();
  const inProduction = useInstance(instanceId)?.type === 'production';
  const [type, setType] = useState<CustomerKind['type']>('individual');
  const [depth, setDepth] = useState<CustomerKind['kyc_type']>('standard');
  // A business is never verified more deeply.
  const kyc_type = type === 'business' && depth === 'enhanced' ? 'standard' : depth;
  const sections = sectionsOf({ type, kyc_type }, inProduction);

  const bodyOf = (fields: FormData): NewCustomer => ({
    ...valuesOf(
      fields,
      sections.flatMap(({ fields }) => fields),
    ),
    type,
    kyc_type,
    email: textOf(fields, 'email') ?? '',
    country: textOf(fields, 'country') ?? '',
    external_id: textOf(fields, 'external_id') ?? null,
    tos_id: termsId,
    ...(type === 'business' && { owners: ownersOf(fields) }),
  });

  return (
    <FormDialog
      title="Create a customer"
      submit="Create the customer"
      onSubmit={(fields) => createCustomer(instanceId, bodyOf(fields))}
      onDone={({ id }) => {
        queryClient.invalidateQueries({ queryKey: ['customers', instanceId] });
        onDone(id);
      }}
      onClose={onClose}
    >
      <p>
        The terms are accepted: <code>{termsId}</code>
      </p>
      <SelectField
        label="Type"
        options={TYPES}
        value={type}
        onChange={(event) => setType(event.target.value as CustomerKind['type'])}
      />
      <SelectField
        label="Verification"
        options={type === 'business' ? DEPTHS.slice(0, 2) : DEPTHS}
        value={kyc_type}
        onChange={(event) => setDepth(event.target.value as CustomerKind['kyc_type'])}
      />
      <TextField label="E-mail address" name="email" type="email" required />
      <SelectField
        label="Country"
        name="country"
        required
        defaultValue=""
        options={[{ value: '', label: '–' }, ...COUNTRIES]}
      />
      <TextField
        label="Your own reference (optional)"
        name="external_id"
        hint="What your system calls this customer."
      />
      {sections.map(({ title, fields }) => (
        <FieldGroup key={`${type} ${title}`} title={title} specs={fields} />
      ))}
      {type === 'business' && <Owners required={inProduction && kyc_type === 'standard'} />}
    </FormDialog>
  );
}
