import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { InstanceSettings } from '../../api/types';
import { useMay } from '../../identity/permissions';
import { whoamiQuery } from '../../identity/queries';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { Tag } from '../../ui/Tag';
import { Text } from '../../ui/Text';
import { Setting } from './Setting';
import { SettingDialog, type SettingName } from './SettingDialog';

/** The settings one by one: each is changed by itself, and is an entry by itself. */
export function Settings({ instance }: { instance: InstanceSettings }) {
  const { data: person } = useQuery(whoamiQuery);
  const mayWrite = useMay(instance.id)('SETTINGS', 'W');
  const queryClient = useQueryClient();
  const [changing, setChanging] = useState<SettingName | null>(null);
  const change = (name: SettingName, words: string, of: string) =>
    mayWrite && (
      <Button onClick={() => setChanging(name)}>
        {words}
        <span className="sr-only"> {of}</span>
      </Button>
    );
  // Only who has a passkey may ask everyone for theirs, so that nobody locks themselves out.
  const mayRequire = person?.has_passkey || instance.require_passkey;

  return (
    <PageSection title="This instance">
      <Setting title="Name" text="What people see in the menu, in invites and in the log.">
        <Text value={instance.name} />
        {change('name', 'Rename', 'the instance')}
      </Setting>
      <Setting
        title="Require passkeys"
        text={
          <>
            People confirm with their passkey whatever touches keys, team, payouts, transfers, fees
            or these settings. The log then shows that it was them. API keys are not asked.
            {mayWrite && person && !mayRequire && (
              <>
                {' To switch it on, '}
                <Link
                  to="/instances/$instanceId/settings/security"
                  params={{ instanceId: instance.id }}
                >
                  add a passkey of your own
                </Link>{' '}
                first.
              </>
            )}
          </>
        }
      >
        <OnOff on={instance.require_passkey} />
        {mayRequire &&
          change('require_passkey', switchWords(instance.require_passkey), 'required passkeys')}
      </Setting>
      <Setting title="Notifications" text="E-mails about what happens in this instance.">
        <OnOff on={instance.email_notifications} />
        {change(
          'email_notifications',
          switchWords(instance.email_notifications),
          'notifications by e-mail',
        )}
      </Setting>
      <Setting title="Compliance e-mails" text="Who gets questions about customers and payments.">
        <Text value={instance.compliance_emails.join(', ') || 'Nobody'} />
        {change('compliance_emails', 'Change', 'the addresses for compliance')}
      </Setting>
      <Setting
        title="Questions to customers"
        text="Customers are asked by e-mail when compliance has a question about them."
      >
        <OnOff on={instance.customer_rfi_emails_enabled} />
        {change(
          'customer_rfi_emails_enabled',
          switchWords(instance.customer_rfi_emails_enabled),
          'questions to customers by e-mail',
        )}
      </Setting>
      <Setting
        title="Return address"
        text="Where customers whom you invited are led once they have answered everything."
      >
        <Text value={instance.receiver_invite_redirect_url ?? 'None'} />
        {change('customer_invite_redirect_url', 'Change', 'the return address')}
      </Setting>
      {changing && (
        <SettingDialog
          name={changing}
          instance={instance}
          onDone={() => {
            setChanging(null);
            queryClient.invalidateQueries({ queryKey: ['instances'] });
          }}
          onClose={() => setChanging(null)}
        />
      )}
    </PageSection>
  );
}

function switchWords(on: boolean): string {
  return on ? 'Switch off' : 'Switch on';
}

function OnOff({ on }: { on: boolean }) {
  return <Tag tone={on ? 'green' : 'neutral'}>{on ? 'On' : 'Off'}</Tag>;
}
