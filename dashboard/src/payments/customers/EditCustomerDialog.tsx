import { COUNTRIES } from '../../ui/countries';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { FieldGroup } from '../fields';
import { changesOf } from './changes';
import { sectionsOf } from './fields';
import { type Customer, updateCustomer } from './queries';

interface EditCustomerDialogProps {
  customer: Customer;
  onDone: () => void;
  onClose: () => void;
}

/** Changes what is known of a customer; files that are not chosen again stay as they are. */
export function EditCustomerDialog({ customer, onDone, onClose }: EditCustomerDialogProps) {
  const sections = sectionsOf(customer, false);
  const known: Readonly<Record<string, unknown>> = customer;
  const specs = [
    ...sections.flatMap(({ fields }) => fields),
    { name: 'external_id', label: 'Your own reference' },
  ];
  return (
    <FormDialog
      title="Edit the customer"
      submit="Save the changes"
      onSubmit={(fields) =>
        updateCustomer(customer.instance_id, customer.id, {
          ...changesOf(known, fields, specs),
          email: textOf(fields, 'email') ?? '',
          country: textOf(fields, 'country') ?? '',
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="E-mail address"
        name="email"
        type="email"
        required
        defaultValue={customer.email}
      />
      <SelectField
        label="Country"
        name="country"
        required
        defaultValue={customer.country}
        options={COUNTRIES}
      />
      <TextField
        label="Your own reference (optional)"
        name="external_id"
        defaultValue={customer.external_id ?? ''}
      />
      {sections.map(({ title, fields }) => (
        <FieldGroup key={title} title={title} specs={fields} values={known} />
      ))}
    </FormDialog>
  );
}
