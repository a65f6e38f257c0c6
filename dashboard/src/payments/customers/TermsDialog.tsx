import { useMutation } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { textOf } from '../../ui/FormDialog';
import { FormProblem } from '../../ui/FormProblem';
import { termsPage } from './queries';
import styles from './TermsDialog.module.css';

interface TermsDialogProps {
  instanceId: string;
  onAccepted: (termsId: string) => void;
  onClose: () => void;
}

/** The customer accepts the terms on a page of its own: here, or wherever the link is sent. */
export function TermsDialog({ instanceId, onAccepted, onClose }: TermsDialogProps) {
  const here = useMutation({
    mutationFn: () => termsPage(instanceId, window.location.href),
    onSuccess: (url) => window.location.assign(url),
  });
  const link = useMutation({ mutationFn: () => termsPage(instanceId, null) });

  return (
    <Dialog title="Create a customer: the terms" onClose={onClose}>
      <p>
        The customer first accepts the terms of service, on a page of its own. Open that page here
        if the customer is with you, and you will come back with it accepted. Or send the link.
      </p>
      <div className={styles.ways}>
        <Button onClick={() => here.mutate()} disabled={here.isPending}>
          <ExternalLink size={14} aria-hidden />
          Open the terms here
        </Button>
        {link.data === undefined ? (
          <Button onClick={() => link.mutate()} disabled={link.isPending}>
            Make a link to send
          </Button>
        ) : (
          <CopyButton label="Copy the link" text={() => link.data} />
        )}
      </div>
      {(here.error ?? link.error) && (
        <FormProblem id="terms-problem" error={here.error ?? link.error} />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const termsId = textOf(new FormData(event.currentTarget), 'tos_id');
          if (termsId) onAccepted(termsId);
        }}
      >
        <TextField
          label="Reference of the acceptance"
          name="tos_id"
          required
          placeholder="to_…"
          hint="The customer's page shows it once the terms are accepted."
        />
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit">
            Continue
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
