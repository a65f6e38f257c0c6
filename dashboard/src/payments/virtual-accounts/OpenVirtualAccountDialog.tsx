import { SelectField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import type { Token } from '../chains';
import type { Customer } from '../customers/queries';
import { SpecField } from '../fields';
import { useInstance } from '../use-instance';
import { BANK_OPTIONS } from './banks';
import { DestinationFields } from './DestinationFields';
import { type NewVirtualAccount, openVirtualAccount } from './queries';

interface OpenVirtualAccountDialogProps {
  instanceId: string;
  customer: Customer;
  onDone: () => void;
  onClose: () => void;
}

const DOCUMENTS = [
  { value: 'master_service_agreement', label: 'Master service agreement' },
  { value: 'salary_slip', label: 'Salary slip' },
  { value: 'bank_statement', label: 'Bank statement' },
];

/** A bank, and where what is paid in goes; banks want to see a document of a person. */
export function OpenVirtualAccountDialog(props: OpenVirtualAccountDialogProps) {
  const { instanceId, customer, onDone, onClose } = props;
  const required = useInstance(instanceId)?.type === 'production';
  return (
    <FormDialog
      title="Open a virtual account"
      submit="Open the account"
      onSubmit={(fields) =>
        openVirtualAccount(instanceId, customer.id, {
          banking_partner: fields.get('banking_partner') as NewVirtualAccount['banking_partner'],
          token: fields.get('token') as Token,
          blockchain_wallet_id: textOf(fields, 'blockchain_wallet_id') ?? '',
          sole_proprietor_doc_type: (textOf(fields, 'sole_proprietor_doc_type') ??
            null) as NonNullable<NewVirtualAccount['sole_proprietor_doc_type']> | null,
          sole_proprietor_doc_file: textOf(fields, 'sole_proprietor_doc_file') ?? null,
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <SelectField label="Bank" name="banking_partner" options={BANK_OPTIONS} />
      <DestinationFields instanceId={instanceId} customerId={customer.id} />
      {customer.type === 'individual' && (
        <>
          <SpecField
            spec={{
              name: 'sole_proprietor_doc_type',
              label: 'Document',
              kind: 'choice',
              options: DOCUMENTS,
              required,
            }}
          />
          <SpecField
            spec={{
              name: 'sole_proprietor_doc_file',
              label: 'File of the document',
              kind: 'file',
              required,
            }}
          />
        </>
      )}
    </FormDialog>
  );
}
