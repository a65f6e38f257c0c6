import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../api/problem';
import type { Instance } from '../../api/types';
import { fullName } from '../../identity/names';
import { useMay } from '../../identity/permissions';
import { membersQuery } from '../../identity/queries';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { deleteInstance, transferOwnership } from './queries';
import { Setting } from './Setting';

/** What the owner alone can do, and nobody can take back; each asks for the name of the instance. */
export function Ownership({ instance }: { instance: Instance }) {
  const may = useMay(instance.id);
  if (!may('OWNERSHIP', 'W')) return null;
  return (
    <PageSection title="Ownership" lead="Only you see this, as the owner.">
      <Transfer instance={instance} />
      <Deletion instance={instance} />
    </PageSection>
  );
}

function Transfer({ instance }: { instance: Instance }) {
  const { data: members } = useQuery(membersQuery(instance.id));
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const others = members?.filter(({ role }) => role !== 'owner') ?? [];

  return (
    <Setting
      title="Transfer the ownership"
      text={
        members && others.length === 0
          ? 'To another member of the team. There is none yet: invite someone first.'
          : 'To another member of the team. You stay as an admin, and only they can give it back.'
      }
    >
      {others.length > 0 && (
        <Button look="danger" onClick={() => setOpen(true)}>
          Transfer
        </Button>
      )}
      {open && (
        <FormDialog
          title="Transfer the ownership"
          submit="Transfer the ownership"
          danger
          onSubmit={async (fields) => {
            expectName(fields, instance);
            return transferOwnership(instance.id, textOf(fields, 'user_id') ?? '');
          }}
          onDone={() => {
            setOpen(false);
            queryClient.invalidateQueries({ queryKey: ['instances'] });
            queryClient.invalidateQueries({ queryKey: ['members', instance.id] });
          }}
          onClose={() => setOpen(false)}
        >
          <SelectField
            label="New owner"
            name="user_id"
            options={others.map((member) => ({
              value: member.id,
              label: `${plain(fullName(member))} (${plain(member.email)})`,
            }))}
          />
          <NameField instance={instance} />
        </FormDialog>
      )}
    </Setting>
  );
}

function Deletion({ instance }: { instance: Instance }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);

  return (
    <Setting
      title="Delete the instance"
      text="For good: people and API keys can do nothing there any more. Its audit log is kept."
    >
      <Button look="danger" onClick={() => setOpen(true)}>
        Delete
      </Button>
      {open && (
        <FormDialog
          title={`Delete ${plain(instance.name)}?`}
          submit="Delete the instance"
          danger
          onSubmit={async (fields) => {
            expectName(fields, instance);
            return deleteInstance(instance.id);
          }}
          onDone={async () => {
            await navigate({ to: '/instances' });
            queryClient.invalidateQueries({ queryKey: ['instances'] });
          }}
          onClose={() => setOpen(false)}
        >
          <p>Nobody can undo this. Every API key stops working at once.</p>
          <NameField instance={instance} />
        </FormDialog>
      )}
    </Setting>
  );
}

function NameField({ instance }: { instance: Instance }) {
  return (
    <TextField
      label={`To go on, type the name of the instance: ${plain(instance.name)}`}
      name="name"
      required
    />
  );
}

function expectName(fields: FormData, instance: Instance) {
  if (textOf(fields, 'name') !== instance.name.trim()) {
    throw new Problem(0, { description: 'That is not the name of the instance.' });
  }
}
