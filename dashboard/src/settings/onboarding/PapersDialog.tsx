import { FileField, SelectField } from '../../ui/Field';
import { FormDialog } from '../../ui/FormDialog';
import { choiceOrNull, documentOf } from './form';
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
      onSubmit={async (fields) =>
        saveDocuments(instanceId, await readPapers(instanceId, fields, before))
      }
      {...ends}
    >
      <FileField
        label="Incorporation"
        name="incorporation_doc_file"
        kept={before.incorporation_doc_file}
      />
      <FileField
        label="Proof of ownership"
        name="proof_of_ownership_doc_file"
        kept={before.proof_of_ownership_doc_file}
      />
      <FileField
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

async function readPapers(
  instanceId: string,
  fields: FormData,
  before: OwnershipDocuments,
): Promise<OwnershipDocuments> {
  const document = (
    name: 'incorporation_doc_file' | 'proof_of_ownership_doc_file' | 'proof_of_address_doc_file',
  ) => documentOf(instanceId, fields, name, before[name]);
  return {
    incorporation_doc_file: await document('incorporation_doc_file'),
    proof_of_ownership_doc_file: await document('proof_of_ownership_doc_file'),
    proof_of_address_doc_file: await document('proof_of_address_doc_file'),
    proof_of_address_doc_type: choiceOrNull(fields, 'proof_of_address_doc_type'),
    owners: before.owners,
  };
}
