import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Fingerprint, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Passkey } from '../../api/types';
import { hasPasskeys } from '../../identity/passkeys/webauthn';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { AddPasskeyDialog } from './AddPasskeyDialog';
import { passkeysQuery, removePasskey, renamePasskey } from './queries';

type Doing = { what: 'add' } | { what: 'rename' | 'remove'; passkey: Passkey };

/** One's own passkeys: add one, call it something else, take it away. */
export function Passkeys() {
  const passkeys = useQuery(passkeysQuery);
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const done = () => {
    close();
    queryClient.invalidateQueries({ queryKey: ['own'] });
    // Whether one has a passkey is known there, and in each team.
    queryClient.invalidateQueries({ queryKey: ['whoami'] });
    queryClient.invalidateQueries({ queryKey: ['members'] });
  };

  const columns: Column<Passkey>[] = [
    { title: 'Name', cell: ({ name }) => <Text value={name} /> },
    { title: 'Added', cell: ({ created_at }) => <When at={created_at} /> },
    { title: 'Last used', cell: ({ last_used_at }) => <When at={last_used_at} never="Never" /> },
    {
      title: '',
      cell: (passkey) => (
        <>
          <Button look="quiet" onClick={() => setDoing({ what: 'rename', passkey })}>
            Rename<span className="sr-only"> {plain(passkey.name)}</span>
          </Button>
          <Button look="quiet" onClick={() => setDoing({ what: 'remove', passkey })}>
            Remove<span className="sr-only"> {plain(passkey.name)}</span>
          </Button>
        </>
      ),
    },
  ];

  return (
    <PageSection
      title="Passkeys"
      lead="A passkey signs you in without a code, and confirms single acts: the log then shows that it was you."
      action={
        hasPasskeys() && (
          <Button look="primary" onClick={() => setDoing({ what: 'add' })}>
            <Plus size={14} aria-hidden />
            Add a passkey
          </Button>
        )
      }
    >
      <DataTable
        label="Passkeys"
        query={passkeys}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Fingerprint,
          title: 'No passkeys yet',
          text: hasPasskeys()
            ? 'Your phone, your computer or a security key can keep one for you.'
            : 'This browser is too old for passkeys. Update it, or use another.',
        }}
      />
      {doing?.what === 'add' && <AddPasskeyDialog onDone={done} onClose={close} />}
      {doing?.what === 'rename' && (
        <FormDialog
          title={`Rename ${plain(doing.passkey.name)}`}
          submit="Rename"
          logged={false}
          onSubmit={(fields) => renamePasskey(doing.passkey.id, textOf(fields, 'name') ?? '')}
          onDone={done}
          onClose={close}
        >
          <TextField
            label="Name"
            name="name"
            required
            maxLength={100}
            defaultValue={doing.passkey.name}
          />
        </FormDialog>
      )}
      {doing?.what === 'remove' && (
        <FormDialog
          title={`Remove ${plain(doing.passkey.name)}?`}
          submit="Remove the passkey"
          danger
          logged={false}
          onSubmit={() => removePasskey(doing.passkey.id)}
          onDone={done}
          onClose={close}
        >
          <p>
            It signs nobody in any more. What it confirmed stays confirmed. Your device may still
            list it: delete it there as well.
          </p>
        </FormDialog>
      )}
    </PageSection>
  );
}
