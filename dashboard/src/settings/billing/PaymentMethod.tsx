import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { components } from '../../api/schema';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { Fact, Facts } from '../../ui/Facts';
import { FormDialog } from '../../ui/FormDialog';
import { Loaded } from '../../ui/Loaded';
import { OutLink } from '../../ui/OutLink';
import { Text } from '../../ui/Text';
import { openPortal, paymentMethodQuery } from './queries';

interface PaymentMethodProps {
  instanceId: string;
  mayWrite: boolean;
}

type Method = components['schemas']['PaymentMethodOut'];

/** How the instance pays by itself, which the portal of the billing provider changes. */
export function PaymentMethod({ instanceId, mayWrite }: PaymentMethodProps) {
  const method = useQuery(paymentMethodQuery(instanceId));
  const [open, setOpen] = useState(false);
  return (
    <PageSection
      title="Payment method"
      lead="It is kept by the billing provider, and changed in its portal."
      action={mayWrite && <Button onClick={() => setOpen(true)}>Open the portal</Button>}
    >
      <Loaded label="Payment method" query={method}>
        {(found) => (
          <Facts>
            <Fact label="Pays by itself with">
              <Text value={sayMethod(found)} />
            </Fact>
          </Facts>
        )}
      </Loaded>
      {open && <PortalDialog instanceId={instanceId} onClose={() => setOpen(false)} />}
    </PageSection>
  );
}

function sayMethod({ type, brand, bank_name, last4 }: Method): string {
  if (!type) return 'Nothing: invoices are paid one by one';
  return `${brand ?? bank_name ?? type} •••• ${last4}`;
}

function PortalDialog({ instanceId, onClose }: { instanceId: string; onClose: () => void }) {
  const [url, setUrl] = useState<string | null>(null);
  if (url === null) {
    return (
      <FormDialog
        title="Open the billing portal?"
        submit="Open the portal"
        onSubmit={() => openPortal(instanceId)}
        onDone={(made) => setUrl(made.url)}
        onClose={onClose}
      >
        <p>
          You get a link to the billing provider’s own pages. That you asked for it becomes an entry
          of the audit log.
        </p>
      </FormDialog>
    );
  }
  return (
    <Dialog title="The billing portal" onClose={onClose}>
      <p>Whoever has this link can use it: do not pass it on.</p>
      <p>
        <OutLink href={url}>Go to the billing portal</OutLink>
      </p>
      <DialogActions>
        <Button onClick={onClose}>Done</Button>
      </DialogActions>
    </Dialog>
  );
}
