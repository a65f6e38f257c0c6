import { SelectField } from '../../ui/Field';
import { FormDialog } from '../../ui/FormDialog';
import { FileField } from '../../uploads/FileField';
import { choiceOrNull, textOrNull } from './form';
import { type OwnershipDocuments, saveDocuments } from './queries';
import type { StepDialogProps } from './steps';
import { ADDRESS_PROOFS, optionalOf } from './words';

/** Asks for the papers of the business; its owners stay as they are. */
export function PapersDialog({ instanceId, onboarding, ...ends }: StepDialogProps) {
  const before = onboarding.documents ?? { owners: [] };
  return (
    <FormDialog
      title="Papers of the business"
      submit="Submit the papers"
      onSubmit={(fields) => saveDocuments(instanceId, readPapers(fields, before))}
      {...ends}
    >
      <FileField
        bucket="onboarding"
        label="Incorporation"
        name="incorporation_doc_file"
        kept={before.incorporation_doc_file}
      />
      <FileField
        bucket="onboarding"
        label="Proof of ownership"
        name="proof_of_ownership_doc_file"
        kept={before.proof_of_ownership_doc_file}
      />
      <FileField
        bucket="onboarding"
        label="Proof of address"
        name="proof_of_address_doc_file"
        kept={before.proof_of_address_doc_file}
      />
      <SelectField
        label="The proof of address is a"
        name="proof_of_address_doc_type"
        options={optionalOf(ADDRESS_PROOFS)}
        defaultValue={before.proof_of_address_doc_type ?? ''}
      />
    </FormDialog>
  );
}

function readPapers(fields: FormData, before: OwnershipDocuments): OwnershipDocuments {
  return {
    incorporation_doc_file: textOrNull(fields, 'incorporation_doc_file'),
    proof_of_ownership_doc_file: textOrNull(fields, 'proof_of_ownership_doc_file'),
    proof_of_address_doc_file: textOrNull(fields, 'proof_of_address_doc_file'),
    proof_of_address_doc_type: choiceOrNull(fields, 'proof_of_address_doc_type'),
    owners: before.owners,
  };
}
