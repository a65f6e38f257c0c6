import { useQuery, useQueryClient } from '@tanstack/react-query';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import type { OpenSession } from '../../api/types';
import { wayIn } from '../../identity/ways-in';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { Tag } from '../../ui/Tag';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { Device, Origin } from './Origin';
import { endOtherSessions, endSession, sessionsQuery } from './queries';

/** Where one is signed in, and the way to sign out there. */
export function Sessions() {
  const sessions = useQuery(sessionsQuery);
  const queryClient = useQueryClient();
  const [ending, setEnding] = useState<OpenSession | 'others' | null>(null);
  const hasOthers = sessions.data?.some(({ current }) => !current) ?? false;
  const ended = () => {
    setEnding(null);
    queryClient.invalidateQueries({ queryKey: ['own'] });
  };

  const columns: Column<OpenSession>[] = [
    { title: 'Device', cell: (session) => <Device of={session} /> },
    { title: 'From', cell: (session) => <Origin of={session} /> },
    { title: 'Signed in', cell: ({ created_at }) => <When at={created_at} /> },
    { title: 'With', cell: ({ auth_method }) => <Text value={wayIn(auth_method)} /> },
    { title: 'Last used', cell: ({ last_used_at }) => <When at={last_used_at} /> },
    {
      title: '',
      cell: (session) =>
        session.current ? (
          <Tag tone="green">This device</Tag>
        ) : (
          <Button look="quiet" onClick={() => setEnding(session)}>
            Sign out<span className="sr-only"> on {plain(session.device ?? 'that device')}</span>
          </Button>
        ),
    },
  ];

  return (
    <PageSection
      title="Sessions"
      lead="Where you are signed in. Sign out wherever you do not know it."
      action={
        hasOthers && <Button onClick={() => setEnding('others')}>Sign out everywhere else</Button>
      }
    >
      <DataTable
        label="Sessions"
        query={sessions}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{ icon: MonitorSmartphone, title: 'No sessions', text: 'Sign in again.' }}
      />
      {ending === 'others' && (
        <FormDialog
          title="Sign out everywhere else?"
          submit="Sign out there"
          danger
          logged={false}
          onSubmit={endOtherSessions}
          onDone={ended}
          onClose={() => setEnding(null)}
        >
          <p>Every session but this one ends at once.</p>
        </FormDialog>
      )}
      {ending && ending !== 'others' && (
        <FormDialog
          title={`Sign out on ${plain(ending.device ?? 'that device')}?`}
          submit="Sign out there"
          danger
          logged={false}
          onSubmit={() => endSession(ending.id)}
          onDone={ended}
          onClose={() => setEnding(null)}
        >
          <p>The session ends at once.</p>
        </FormDialog>
      )}
    </PageSection>
  );
}
