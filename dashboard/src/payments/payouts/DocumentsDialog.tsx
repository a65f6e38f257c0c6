import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { FileField } from '../../uploads/FileField';
import { type Documents, submitDocuments } from './queries';

interface DocumentsDialogProps {
  instanceId: string;
  payoutId: string;
  onDone: () => void;
  onClose: () => void;
}

const TYPES = [
  { value: 'invoice', label: 'Invoice' },
  { value: 'purchase_order', label: 'Purchase order' },
  { value: 'delivery_slip', label: 'Delivery slip' },
  { value: 'contract', label: 'Contract' },
  { value: 'customs_declaration', label: 'Customs declaration' },
  { value: 'bill_of_lading', label: 'Bill of lading' },
  { value: 'others', label: 'Something else' },
];

/** Hands in what a payout waits for. */
export function DocumentsDialog({ instanceId, payoutId, onDone, onClose }: DocumentsDialogProps) {
  return (
    <FormDialog
      title="Submit documents"
      submit="Submit the document"
      onSubmit={(fields) =>
        submitDocuments(instanceId, payoutId, {
          transaction_document_type: fields.get('type') as Documents['transaction_document_type'],
          transaction_document_id: textOf(fields, 'number') ?? '',
          transaction_document_file: textOf(fields, 'file') ?? '',
          description: textOf(fields, 'description') ?? null,
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <SelectField label="Document" name="type" options={TYPES} />
      <TextField label="Number of the document" name="number" required maxLength={512} />
      <FileField label="File" name="file" bucket="onboarding" required />
      <TextField label="Description (optional)" name="description" maxLength={128} />
    </FormDialog>
  );
}
