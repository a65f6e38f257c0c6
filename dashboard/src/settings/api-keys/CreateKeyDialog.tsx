import { useState } from 'react';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { createKey } from './queries';

interface CreateKeyDialogProps {
  instanceId: string;
  onMade: () => void;
  onClose: () => void;
}

/** Makes a key, and shows its token this once. */
export function CreateKeyDialog({ instanceId, onMade, onClose }: CreateKeyDialogProps) {
  const [token, setToken] = useState<string | null>(null);

  if (token !== null) {
    return (
      <Dialog title="Your new API key" onClose={onClose}>
        <p>Copy it now. It is kept as a hash alone, so nobody can show it again.</p>
        <p>
          <code>{token}</code>
        </p>
        <DialogActions>
          <CopyButton label="Copy the key" text={() => token} />
          <Button look="primary" onClick={onClose}>
            I have copied it
          </Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <FormDialog
      title="Create an API key"
      submit="Create the key"
      onSubmit={(fields) =>
        createKey(instanceId, {
          name: textOf(fields, 'name') ?? '',
          ip_whitelist: (textOf(fields, 'ip_whitelist') ?? '').split(/[\s,]+/).filter(Boolean),
        })
      }
      onDone={(made) => {
        setToken(made.token);
        onMade();
      }}
      onClose={onClose}
    >
      <TextField label="Name" name="name" required maxLength={255} hint="What it is for." />
      <TextField
        label="Allowed addresses"
        name="ip_whitelist"
        placeholder="203.0.113.0/24, 2001:db8::1"
        hint="IP addresses and CIDR blocks. Empty allows every address."
      />
      <p>The key can do what you can do today, and never more, whatever becomes of your role.</p>
    </FormDialog>
  );
}
