import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { SelectField } from '../../ui/Field';
import { FormDialog } from '../../ui/FormDialog';
import { SpecField, valuesOf } from '../fields';
import {
  createBankAccount,
  type NewBankAccount,
  type Rail,
  railFieldsQuery,
  railsQuery,
} from './queries';
import { askedFields } from './rail-fields';

interface CreateBankAccountDialogProps {
  instanceId: string;
  customerId: string;
  onDone: () => void;
  onClose: () => void;
}

/** A new account: its rail says which fields there are, and some of them ask for others. */
export function CreateBankAccountDialog(props: CreateBankAccountDialogProps) {
  const { instanceId, customerId, onDone, onClose } = props;
  const { data: rails = [] } = useQuery(railsQuery);
  const [rail, setRail] = useState<Rail>('pix');
  const { data: fields } = useQuery(railFieldsQuery(rail));
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const specs = askedFields(fields ?? [], chosen);
  // Only choices ask for other fields.
  const choose = ({ target }: FormEvent) => {
    if (target instanceof HTMLSelectElement) {
      setChosen((before) => ({ ...before, [target.name]: target.value }));
    }
  };
  const bodyOf = (form: FormData) =>
    ({ ...valuesOf(form, specs), type: rail }) as Partial<NewBankAccount> as NewBankAccount;

  return (
    <FormDialog
      title="Add a bank account"
      submit="Add the bank account"
      onSubmit={(form) => createBankAccount(instanceId, customerId, bodyOf(form))}
      onDone={onDone}
      onClose={onClose}
    >
      <SelectField
        label="Rail"
        hint="The way for the money to get there."
        options={rails.map(({ value, label, country }) => ({
          value,
          label: `${label} · ${country}`,
        }))}
        value={rail}
        onChange={(event) => {
          setRail(event.target.value as Rail);
          setChosen({});
        }}
      />
      <div key={rail} className="plain-fields" onChange={choose}>
        {fields ? (
          specs.map((spec) => <SpecField key={spec.name} spec={spec} />)
        ) : (
          <p>Loading the fields of this rail…</p>
        )}
      </div>
    </FormDialog>
  );
}
