import { useQuery } from '@tanstack/react-query';
import { Problem } from '../../api/problem';
import { CONFIRM } from '../../identity/passkeys/Confirmation';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { addPasskey, sessionsQuery } from './queries';

const FRESH_MS = 15 * 60_000;

interface AddPasskeyDialogProps {
  onDone: () => void;
  onClose: () => void;
}

/** Has the device make a passkey, under a name that its person will know it by. */
export function AddPasskeyDialog({ onDone, onClose }: AddPasskeyDialogProps) {
  const { data: sessions } = useQuery(sessionsQuery);

  /** Said before the device makes one, which would be refused and stay behind there. */
  const refuseOldSession = (fields: FormData) => {
    const opened = sessions?.find(({ current }) => current)?.created_at;
    const isOld = opened !== undefined && Date.now() - Date.parse(opened) > FRESH_MS;
    if (isOld && !fields.has(CONFIRM)) throw new Problem(403, { code: 'AUTH_SIGN_IN_AGAIN' });
  };

  return (
    <FormDialog
      title="Add a passkey"
      submit="Add the passkey"
      logged={false}
      onSubmit={async (fields) => {
        refuseOldSession(fields);
        return addPasskey(textOf(fields, 'name') ?? '');
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="Name"
        name="name"
        required
        maxLength={100}
        placeholder="Work laptop"
        hint="What you will know it by, as the device that keeps it."
      />
      <p>Your device will ask for your fingerprint, face or PIN. We never get to see those.</p>
    </FormDialog>
  );
}
