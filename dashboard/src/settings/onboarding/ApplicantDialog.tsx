import { CheckField, SelectField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { FileField } from '../../uploads/FileField';
import { textOrNull } from './form';
import { saveApplicant } from './queries';
import { ownerName, type StepDialogProps } from './steps';

/** Asks which of the owners applies for the business. */
export function ApplicantDialog({ instanceId, onboarding, ...ends }: StepDialogProps) {
  const before = onboarding.applicant;
  const owners = (onboarding.documents?.owners ?? []).map((owner) => ({
    value: owner.id ?? '',
    label: plain(ownerName(owner)),
  }));
  const isOther = before && !owners.some(({ value }) => value === before.applicant_id);
  return (
    <FormDialog
      title="Who applies for the business?"
      submit="Name the applicant"
      onSubmit={(fields) =>
        saveApplicant(instanceId, {
          applicant_id: textOf(fields, 'applicant_id') ?? '',
          applicant_authorized: fields.has('applicant_authorized'),
          legal_representative_doc_file: textOrNull(fields, 'legal_representative_doc_file'),
        })
      }
      {...ends}
    >
      <SelectField
        label="Applicant"
        name="applicant_id"
        required
        defaultValue={before?.applicant_id}
        options={[
          ...owners,
          ...(isOther ? [{ value: before.applicant_id, label: plain(before.applicant_id) }] : []),
        ]}
        hint="One of the owners."
      />
      <CheckField
        label="They may act for the business"
        name="applicant_authorized"
        defaultChecked={before?.applicant_authorized ?? false}
      />
      <FileField
        bucket="onboarding"
        label="What proves it"
        name="legal_representative_doc_file"
        kept={before?.legal_representative_doc_file}
        hint="A power of attorney, for instance: a PDF or an image of at most 10 MB."
      />
    </FormDialog>
  );
}
