import type { InstanceSettings } from '../../api/types';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { changeSettings } from './queries';

export type SettingName =
  | 'name'
  | 'require_passkey'
  | 'email_notifications'
  | 'compliance_emails'
  | 'customer_rfi_emails_enabled'
  | 'customer_invite_redirect_url';

interface SettingDialogProps {
  name: SettingName;
  instance: InstanceSettings;
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
          title="Change the compliance e-mails"
          submit="Save the addresses"
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
            defaultValue={instance.compliance_emails.join(', ')}
            placeholder="compliance@example.com, risk@example.com"
            hint="At most 20; empty means nobody."
          />
        </FormDialog>
      );
    case 'customer_rfi_emails_enabled': {
      const isOn = instance.customer_rfi_emails_enabled;
      return (
        <FormDialog
          title={isOn ? 'Stop asking customers by e-mail?' : 'Ask customers by e-mail?'}
          submit={isOn ? 'Stop asking them' : 'Ask them by e-mail'}
          onSubmit={() => changeSettings(instance, { customer_rfi_emails_enabled: !isOn })}
          {...common}
        >
          <p>
            {isOn
              ? 'Their questions then wait until you ask the customers yourself.'
              : 'When compliance has a question about a customer, the customer gets it by e-mail.'}
          </p>
        </FormDialog>
      );
    }
    case 'customer_invite_redirect_url':
      return (
        <FormDialog
          title="Change the return address"
          submit="Save the address"
          onSubmit={(fields) =>
            changeSettings(instance, {
              customer_invite_redirect_url: textOf(fields, 'url') ?? null,
            })
          }
          {...common}
        >
          <TextField
            label="Address"
            name="url"
            type="url"
            defaultValue={instance.receiver_invite_redirect_url ?? ''}
            placeholder="https://example.com/welcome"
            hint="Empty leaves them on the page that they are on."
          />
        </FormDialog>
      );
  }
}
