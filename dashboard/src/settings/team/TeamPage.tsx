import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Users } from 'lucide-react';
import { useState } from 'react';
import type { Member } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { fullName } from '../../identity/names';
import { useMay } from '../../identity/permissions';
import { membersQuery } from '../../identity/queries';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { humanise } from '../../ui/words';
import { Invites } from './Invites';
import { KeysOfMember, keysFate } from './KeysOfMember';
import { changeRole, GIVEN_ROLES, invite, type Role, removeMember } from './queries';

type Doing = { what: 'invite' } | { what: 'role' | 'remove'; member: Member };

const ROLE_OPTIONS = GIVEN_ROLES.map((role) => ({ value: role, label: humanise(role) }));

/** Settings → Team: who is in the instance, as what, and who is invited. */
export function TeamPage({ instanceId }: { instanceId: string }) {
  const members = useQuery(membersQuery(instanceId));
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const done = () => {
    close();
    queryClient.invalidateQueries({ queryKey: ['members', instanceId] });
    queryClient.invalidateQueries({ queryKey: ['invites', instanceId] });
    queryClient.invalidateQueries({ queryKey: ['api-keys', instanceId] });
  };

  const columns: Column<Member>[] = [
    { title: 'Name', cell: (member) => <Text value={fullName(member)} /> },
    { title: 'E-mail', cell: (member) => <Text value={member.email} /> },
    { title: 'Role', cell: (member) => humanise(member.role) },
    { title: 'Passkey', cell: (member) => (member.has_passkey ? 'Has one' : 'None') },
    { title: 'Joined', cell: (member) => <When at={member.created_at} /> },
  ];
  if (may('TEAM', 'W')) {
    columns.push({
      title: '',
      cell: (member) =>
        member.role !== 'owner' && (
          <>
            <Button look="quiet" onClick={() => setDoing({ what: 'role', member })}>
              Change role<span className="sr-only"> of {fullName(member)}</span>
            </Button>
            <Button look="quiet" onClick={() => setDoing({ what: 'remove', member })}>
              Remove<span className="sr-only"> {fullName(member)}</span>
            </Button>
          </>
        ),
    });
  }

  return (
    <Page
      title="Team"
      lead="People act with their role as it is at that moment; a change counts from the next request."
      action={
        <>
          <ActivityLink
            instanceId={instanceId}
            of="the team"
            search={{ feature: ['team_member', 'invite'] }}
          />
          {may('TEAM', 'W') && (
            <Button look="primary" onClick={() => setDoing({ what: 'invite' })}>
              <Plus size={14} aria-hidden />
              Invite someone
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label="Members"
        query={members}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ icon: Users, title: 'Nobody is here', text: 'Invite someone.' }}
      />
      <Invites instanceId={instanceId} mayWrite={may('TEAM', 'W')} />
      {doing?.what === 'invite' && (
        <FormDialog
          title="Invite someone"
          submit="Send the invite"
          onSubmit={(fields) =>
            invite(instanceId, textOf(fields, 'email') ?? '', fields.get('role') as Role)
          }
          onDone={done}
          onClose={close}
        >
          <TextField label="E-mail address" name="email" type="email" required />
          <SelectField label="Role" name="role" options={ROLE_OPTIONS} defaultValue="viewer" />
        </FormDialog>
      )}
      {doing?.what === 'role' && (
        <FormDialog
          title={`Change the role of ${fullName(doing.member)}`}
          submit="Change the role"
          onSubmit={(fields) =>
            changeRole(instanceId, doing.member.id, fields.get('role') as Role, keysFate(fields))
          }
          onDone={done}
          onClose={close}
        >
          <SelectField
            label="Role"
            name="role"
            options={ROLE_OPTIONS}
            defaultValue={doing.member.role}
          />
          <KeysOfMember instanceId={instanceId} userId={doing.member.id} />
        </FormDialog>
      )}
      {doing?.what === 'remove' && (
        <FormDialog
          title={`Remove ${fullName(doing.member)}?`}
          submit="Remove from the team"
          danger
          onSubmit={(fields) => removeMember(instanceId, doing.member.id, keysFate(fields))}
          onDone={done}
          onClose={close}
        >
          <p>They lose access at once. What they did stays in the log, under their name.</p>
          <KeysOfMember instanceId={instanceId} userId={doing.member.id} />
        </FormDialog>
      )}
    </Page>
  );
}
