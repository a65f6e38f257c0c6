import type { Instance } from '../../api/types';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { changeSettings } from './queries';

export type SettingName = 'name' | 'require_passkey' | 'email_notifications' | 'compliance_emails';

interface SettingDialogProps {
  name: SettingName;
  instance: Instance;
  onDone: () => void;
  onClose: () => void;
}

/** Changes one setting. */
export function SettingDialog({ name, instance, onDone, onClose }: SettingDialogProps) {
  const common = { onDone, onClose };
  switch (name) {
    case 'name':
      return (
        <FormDialog
          title="Rename the instance"
          submit="Rename"
          onSubmit={(fields) => changeSettings(instance, { name: textOf(fields, 'name') ?? '' })}
          {...common}
        >
          <TextField
            label="Name"
            name="name"
            required
            minLength={3}
            maxLength={100}
            defaultValue={instance.name}
          />
        </FormDialog>
      );
    case 'require_passkey': {
      const isOn = instance.require_passkey;
      return (
        <FormDialog
          title={isOn ? 'Stop requiring passkeys?' : 'Require passkeys?'}
          submit={isOn ? 'Stop requiring them' : 'Require passkeys'}
          danger={isOn}
          onSubmit={() => changeSettings(instance, { require_passkey: !isOn })}
          {...common}
        >
          <p>
            {isOn
              ? 'From then on a session alone is enough for everything that its role allows.'
              : 'From the next request on. Who has no passkey yet must add one before they can do any of this: Team shows who has one.'}
          </p>
        </FormDialog>
      );
    }
    case 'email_notifications': {
      const isOn = instance.email_notifications;
      return (
        <FormDialog
          title={isOn ? 'Switch notifications off?' : 'Switch notifications on?'}
          submit={isOn ? 'Switch them off' : 'Switch them on'}
          onSubmit={() => changeSettings(instance, { email_notifications: !isOn })}
          {...common}
        >
          <p>
            {isOn
              ? 'No more e-mails about what happens in this instance.'
              : 'E-mails about what happens in this instance.'}
          </p>
        </FormDialog>
      );
    }
    case 'compliance_emails':
      return (
        <FormDialog
          title="Replace the compliance e-mails"
          submit="Replace the list"
          onSubmit={(fields) =>
            changeSettings(instance, {
              compliance_emails: (textOf(fields, 'emails') ?? '').split(/[\s,;]+/).filter(Boolean),
            })
          }
          {...common}
        >
          <TextField
            label="E-mail addresses"
            name="emails"
            placeholder="compliance@example.com, risk@example.com"
            hint="At most 20. They take the place of those before; empty means nobody."
          />
        </FormDialog>
      );
  }
}
