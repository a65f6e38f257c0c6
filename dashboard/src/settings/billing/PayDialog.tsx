import { useState } from 'react';
import type { components } from '../../api/schema';
import type { Invoice } from '../../api/types';
import { dollars } from '../../ui/amounts';
import { Button } from '../../ui/Button';
import { Copyable } from '../../ui/Copyable';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { FormDialog } from '../../ui/FormDialog';
import { payInvoice } from './queries';

interface PayDialogProps {
  instanceId: string;
  invoice: Invoice;
  onPaid: () => void;
  onClose: () => void;
}

type Payment = components['schemas']['PayInvoiceOut'];

/** Asks for the payment of an invoice, and shows to which wallets it can be sent. */
export function PayDialog({ instanceId, invoice, onPaid, onClose }: PayDialogProps) {
  const [payment, setPayment] = useState<Payment | null>(null);
  if (payment) return <Wallets payment={payment} onClose={onClose} />;
  return (
    <FormDialog
      title={`Pay invoice ${invoice.reference}?`}
      submit="Pay the invoice"
      onSubmit={() => payInvoice(instanceId, invoice.id)}
      onDone={(made) => {
        setPayment(made);
        onPaid();
      }}
      onClose={onClose}
    >
      <p>
        You get the wallets to which {dollars(invoice.total_to_pay)} can be sent. That you asked for
        them becomes an entry of the audit log.
      </p>
    </FormDialog>
  );
}

function Wallets({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  return (
    <Dialog title={`Send ${dollars(payment.amount)}`} onClose={onClose}>
      <p>To one of these wallets. The invoice is paid once it has arrived there.</p>
      <p>
        On Tron: <Copyable value={payment.tron_wallet} label="Copy the address on Tron" />
      </p>
      <p>
        On Solana: <Copyable value={payment.solana_wallet} label="Copy the address on Solana" />
      </p>
      <DialogActions>
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
