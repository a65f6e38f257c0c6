import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Mail } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { humanise } from '../../ui/words';
import { invitesQuery, withdrawInvite } from './queries';
import styles from './TeamPage.module.css';

type Invite = NonNullable<
  Awaited<ReturnType<NonNullable<ReturnType<typeof invitesQuery>['queryFn']>>>
>[number];

/** Who may still join, until when. Without any there is nothing to show. */
export function Invites({ instanceId, mayWrite }: { instanceId: string; mayWrite: boolean }) {
  const invites = useQuery(invitesQuery(instanceId));
  const queryClient = useQueryClient();
  const [withdrawing, setWithdrawing] = useState<Invite | null>(null);
  if (invites.data?.length === 0) return null;

  const columns: Column<Invite>[] = [
    { title: 'Invited', cell: ({ email }) => <Text value={email} /> },
    { title: 'As', cell: ({ user_role }) => humanise(user_role) },
    { title: 'By', cell: ({ inviter_name }) => <Text value={inviter_name} /> },
    {
      title: 'Expires',
      cell: ({ expires_at }) => (
        <When at={expires_at ? new Date(expires_at).toISOString() : null} />
      ),
    },
  ];
  if (mayWrite) {
    columns.push({
      title: '',
      cell: (invite) => (
        <Button look="quiet" onClick={() => setWithdrawing(invite)}>
          Withdraw<span className="sr-only"> the invite of {invite.email}</span>
        </Button>
      ),
    });
  }
  return (
    <>
      <h2 className={styles.heading}>Open invites</h2>
      <DataTable
        label="Open invites"
        query={invites}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ icon: Mail, title: 'No open invites', text: '' }}
      />
      {withdrawing && (
        <FormDialog
          title={`Withdraw the invite of ${withdrawing.email}?`}
          submit="Withdraw the invite"
          danger
          onSubmit={() => withdrawInvite(instanceId, withdrawing.id)}
          onDone={() => {
            setWithdrawing(null);
            queryClient.invalidateQueries({ queryKey: ['invites', instanceId] });
          }}
          onClose={() => setWithdrawing(null)}
        >
          <p>Its link will not work any more.</p>
        </FormDialog>
      )}
    </>
  );
}
