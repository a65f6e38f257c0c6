import { SelectField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { FileField } from '../../uploads/FileField';
import { AmountField } from '../AmountField';
import type { Customer } from '../customers/queries';
import { minorUnits } from '../money';
import { documentOptions } from './documents';
import { askForIncrease, type NewLimitIncrease } from './queries';

interface AskForIncreaseDialogProps {
  instanceId: string;
  customer: Customer;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for more: at least one of the three, and a document that shows why. */
export function AskForIncreaseDialog(props: AskForIncreaseDialogProps) {
  const { instanceId, customer, onDone, onClose } = props;
  return (
    <FormDialog
      title="Ask for a limit increase"
      submit="Ask for the increase"
      onSubmit={(fields) =>
        askForIncrease(instanceId, customer.id, {
          per_transaction: minorUnits(textOf(fields, 'per_transaction') ?? ''),
          daily: minorUnits(textOf(fields, 'daily') ?? ''),
          monthly: minorUnits(textOf(fields, 'monthly') ?? ''),
          supporting_document_type: fields.get(
            'supporting_document_type',
          ) as NewLimitIncrease['supporting_document_type'],
          supporting_document_file: textOf(fields, 'supporting_document_file') ?? '',
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <p>What is left empty stays as it is.</p>
      <AmountField label="In one payment" name="per_transaction" unit="USD" />
      <AmountField label="In a day" name="daily" unit="USD" />
      <AmountField label="In a month" name="monthly" unit="USD" />
      <SelectField
        label="Document"
        name="supporting_document_type"
        options={documentOptions(customer.type)}
      />
      <FileField
        label="File of the document"
        name="supporting_document_file"
        bucket="limit_increase"
        required
      />
    </FormDialog>
  );
}
