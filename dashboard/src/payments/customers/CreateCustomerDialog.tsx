import { useState } from 'react';
import { CustomerForm } from './CustomerForm';
import { TermsDialog } from './TermsDialog';

interface CreateCustomerDialogProps {
  instanceId: string;
  /** The terms that were accepted already. */
  termsId: string | undefined;
  onDone: (customerId: string) => void;
  onClose: () => void;
}

/** First the customer accepts the terms, then it is told who it is. */
export function CreateCustomerDialog(props: CreateCustomerDialogProps) {
  const { instanceId, onDone, onClose } = props;
  const [termsId, setTermsId] = useState(props.termsId);
  if (termsId === undefined) {
    return <TermsDialog instanceId={instanceId} onAccepted={setTermsId} onClose={onClose} />;
  }
  return (
    <CustomerForm instanceId={instanceId} termsId={termsId} onDone={onDone} onClose={onClose} />
  );
}
