import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import type { WebhookEndpoint } from '../../api/types';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { FormDialog } from '../../ui/FormDialog';
import { deleteEndpoint, viewSecret } from './queries';
import styles from './webhooks.module.css';

interface EndpointActionsProps {
  instanceId: string;
  endpoint: WebhookEndpoint;
}

/** What can be done with an endpoint by who runs it. */
export function EndpointActions({ instanceId, endpoint }: EndpointActionsProps) {
  const [doing, setDoing] = useState<'secret' | 'delete' | null>(null);
  const close = () => setDoing(null);
  return (
    <div className={styles.actions}>
      <Button onClick={() => setDoing('secret')}>
        <Eye size={14} aria-hidden />
        View the signing secret
      </Button>
      <Button look="danger" onClick={() => setDoing('delete')}>
        Delete the endpoint
      </Button>
      {doing === 'secret' && (
        <SecretDialog instanceId={instanceId} endpointId={endpoint.id} onClose={close} />
      )}
      {doing === 'delete' && (
        <DeleteDialog instanceId={instanceId} endpointId={endpoint.id} onClose={close} />
      )}
    </div>
  );
}

interface ActionDialogProps {
  instanceId: string;
  endpointId: string;
  onClose: () => void;
}

/** Asks first, since looking is recorded, and shows the secret until it is closed. */
function SecretDialog({ instanceId, endpointId, onClose }: ActionDialogProps) {
  const [secret, setSecret] = useState<string | null>(null);
  if (secret === null) {
    return (
      <FormDialog
        title="View the signing secret?"
        submit="View the secret"
        onSubmit={() => viewSecret(instanceId, endpointId)}
        onDone={({ key }) => setSecret(key)}
        onClose={onClose}
      >
        <p>
          Who holds it can sign messages that your server takes for ours. That you viewed it becomes
          an entry of the audit log.
        </p>
      </FormDialog>
    );
  }
  return (
    <Dialog title="The signing secret" onClose={onClose}>
      <p>Your server checks the signature of each message with it (Standard Webhooks).</p>
      <p>
        <code>{secret}</code>
      </p>
      <DialogActions>
        <CopyButton label="Copy the secret" text={() => secret} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function DeleteDialog({ instanceId, endpointId, onClose }: ActionDialogProps) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (
    <FormDialog
      title="Delete this endpoint?"
      submit="Delete the endpoint"
      danger
      onSubmit={() => deleteEndpoint(instanceId, endpointId)}
      onDone={async () => {
        await navigate({
          to: '/instances/$instanceId/settings/webhooks',
          params: { instanceId },
        });
        queryClient.invalidateQueries({ queryKey: ['webhook-endpoints', instanceId] });
      }}
      onClose={onClose}
    >
      <p>No more events are sent there, and messages on their way are dropped.</p>
    </FormDialog>
  );
}
