import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { Tag } from '../../ui/Tag';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { type Every, type LogStatus, type Mailing, setMailing, statusQuery } from './queries';

const EVERY: Record<Every, string> = {
  never: 'Never',
  daily: 'Every day',
  monthly: 'Every month',
};

interface Recipient {
  readonly address: string;
  readonly mail: Mailing['mails'][number] | undefined;
}

interface MailsProps {
  instanceId: string;
  mailing: Mailing;
}

/** Checkpoints by mail: to whom, and what each of them has. */
export function Mails({ instanceId, mailing }: MailsProps) {
  const may = useMay(instanceId);
  const [changing, setChanging] = useState(false);
  const recipients = useQuery({ ...statusQuery(instanceId), select: recipientsOf });

  const columns: Column<Recipient>[] = [
    { title: 'Address', cell: ({ address }) => <Text value={address} /> },
    {
      title: 'Remembers',
      cell: ({ mail }) =>
        mail?.size ? `${mail.size.toLocaleString('en')} entries` : 'Nothing yet',
    },
    { title: 'Last mail', cell: ({ mail }) => <When at={mail?.sent_at} never="On its way" /> },
    {
      title: 'Delivery',
      cell: ({ mail }) =>
        mail?.has_failed ? (
          <Tag tone="red">The last attempt failed</Tag>
        ) : (
          <Tag tone="neutral">{EVERY[mailing.every]}</Tag>
        ),
    },
  ];

  return (
    <PageSection
      title="Checkpoints by mail"
      lead="The newest checkpoint, mailed to people outside: an auditor, a lawyer. They need only keep the mail."
      action={
        may('OWNERSHIP', 'W') && (
          <Button onClick={() => setChanging(true)}>Change who gets them</Button>
        )
      }
    >
      <DataTable
        label="Checkpoints by mail"
        query={recipients}
        columns={columns}
        rowKey={({ address }) => address}
        empty={{
          icon: Mail,
          title: 'Nobody gets checkpoints by mail',
          text: may('OWNERSHIP', 'W')
            ? 'Name up to ten addresses, at best of people outside.'
            : 'The owner of the instance can name up to ten addresses.',
        }}
      />
      {changing && (
        <MailingDialog
          instanceId={instanceId}
          mailing={mailing}
          onClose={() => setChanging(false)}
        />
      )}
    </PageSection>
  );
}

/** Who is to get checkpoints, with what each has; nobody while none are mailed. */
function recipientsOf({ mailing: { every, addresses, mails } }: LogStatus): Recipient[] {
  if (every === 'never') return [];
  return addresses.map((address) => ({
    address,
    mail: mails.find((mail) => mail.address === address),
  }));
}

function MailingDialog({ instanceId, mailing, onClose }: MailsProps & { onClose: () => void }) {
  const queryClient = useQueryClient();
  return (
    <FormDialog
      title="Checkpoints by mail"
      submit="Save"
      onSubmit={(fields) =>
        setMailing(
          instanceId,
          fields.get('every') as Every,
          (textOf(fields, 'addresses') ?? '').split(/[\s,;]+/).filter(Boolean),
        )
      }
      onDone={() => {
        onClose();
        queryClient.invalidateQueries(statusQuery(instanceId));
      }}
      onClose={onClose}
    >
      <SelectField
        label="How often"
        name="every"
        options={Object.entries(EVERY).map(([value, label]) => ({ value, label }))}
        defaultValue={mailing.every === 'never' ? 'daily' : mailing.every}
        hint="The first mail goes at once, the next at midnight UTC or on the first of the month."
      />
      <TextField
        label="Addresses"
        name="addresses"
        hint="Up to ten, with commas between them."
        defaultValue={mailing.addresses.join(', ')}
      />
    </FormDialog>
  );
}
