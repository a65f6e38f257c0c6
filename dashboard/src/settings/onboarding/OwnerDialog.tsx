import { CountryField } from '../../ui/CountryField';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { FileField } from '../../uploads/FileField';
import { choiceOrNull, dayOf, textOrNull } from './form';
import { type Owner, saveDocuments } from './queries';
import { ownerName, type StepDialogProps } from './steps';
import { ADDRESS_PROOFS, ID_DOCUMENTS, OWNER_ROLES, optionalOf, optionsOf } from './words';

interface OwnerDialogProps extends StepDialogProps {
  /** Without one, a new owner is added. */
  owner?: Owner | undefined;
}

/** Asks who owns the business; what is not known yet can be said later. */
export function OwnerDialog({ instanceId, onboarding, owner, ...ends }: OwnerDialogProps) {
  const before = onboarding.documents ?? { owners: [] };
  return (
    <FormDialog
      title={owner ? `Change ${plain(ownerName(owner))}` : 'Add an owner'}
      submit={owner ? 'Save the owner' : 'Add the owner'}
      onSubmit={async (fields) => {
        const said = readOwner(fields, owner);
        const owners = owner
          ? before.owners.map((other) => (other.id === owner.id ? said : other))
          : [...before.owners, said];
        return saveDocuments(instanceId, { ...before, owners });
      }}
      {...ends}
    >
      <OwnerFields owner={owner} />
    </FormDialog>
  );
}

function OwnerFields({ owner }: { owner: Owner | undefined }) {
  const field = (
    name: Exclude<keyof Owner, 'id' | 'role' | 'id_doc_type' | 'proof_of_address_doc_type'>,
    label: string,
    required = false,
  ) => (
    <TextField label={label} name={name} required={required} defaultValue={owner?.[name] ?? ''} />
  );
  return (
    <>
      {field('first_name', 'First name', true)}
      {field('last_name', 'Last name', true)}
      <SelectField
        label="What the business is to them"
        name="role"
        options={optionsOf(OWNER_ROLES)}
        defaultValue={owner?.role ?? 'beneficial_owner'}
      />
      <TextField
        label="Date of birth"
        name="date_of_birth"
        type="date"
        defaultValue={dayOf(owner?.date_of_birth)}
      />
      {field('tax_id', 'Tax id')}
      {field('address_line_1', 'Address')}
      {field('address_line_2', 'Address, second line')}
      {field('postal_code', 'Postal code')}
      {field('city', 'City')}
      {field('state_province_region', 'State or region')}
      <CountryField label="Country" name="country" defaultValue={owner?.country ?? ''} />
      <SelectField
        label="Identity document"
        name="id_doc_type"
        options={optionalOf(ID_DOCUMENTS)}
        defaultValue={owner?.id_doc_type ?? ''}
      />
      <CountryField
        label="Country of the document"
        name="id_doc_country"
        defaultValue={owner?.id_doc_country ?? ''}
      />
      <FileField
        bucket="onboarding"
        label="Its front"
        name="id_doc_front_file"
        kept={owner?.id_doc_front_file}
      />
      <FileField
        bucket="onboarding"
        label="Its back"
        name="id_doc_back_file"
        kept={owner?.id_doc_back_file}
      />
      <SelectField
        label="Proof of address"
        name="proof_of_address_doc_type"
        options={optionalOf(ADDRESS_PROOFS)}
        defaultValue={owner?.proof_of_address_doc_type ?? ''}
      />
      <FileField
        bucket="onboarding"
        label="The proof itself"
        name="proof_of_address_doc_file"
        kept={owner?.proof_of_address_doc_file}
      />
    </>
  );
}

function readOwner(fields: FormData, before: Owner | undefined): Owner {
  const text = (name: keyof Owner) => textOrNull(fields, name);
  return {
    id: before?.id ?? null,
    role: choiceOrNull(fields, 'role'),
    first_name: text('first_name'),
    last_name: text('last_name'),
    date_of_birth: text('date_of_birth'),
    tax_id: text('tax_id'),
    address_line_1: text('address_line_1'),
    address_line_2: text('address_line_2'),
    postal_code: text('postal_code'),
    city: text('city'),
    state_province_region: text('state_province_region'),
    country: text('country'),
    id_doc_type: choiceOrNull(fields, 'id_doc_type'),
    id_doc_country: text('id_doc_country'),
    id_doc_front_file: text('id_doc_front_file'),
    id_doc_back_file: text('id_doc_back_file'),
    proof_of_address_doc_type: choiceOrNull(fields, 'proof_of_address_doc_type'),
    proof_of_address_doc_file: text('proof_of_address_doc_file'),
  };
}
