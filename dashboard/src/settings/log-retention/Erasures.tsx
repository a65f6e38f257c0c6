import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eraser } from 'lucide-react';
import { useState } from 'react';
import type { Erasure } from '../../api/types';
import { whoamiQuery } from '../../identity/queries';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { humanise } from '../../ui/words';
import { askForErasure, confirmErasure, declineErasure, erasuresQuery } from './queries';
import { ReasonField, reasonFrom, SubjectFields, subjectFrom } from './SubjectFields';
import { saySubject } from './subjects';

type Doing = { what: 'ask' } | { what: 'confirm' | 'decline'; erasure: Erasure };

/** Personal details that somebody asked to have erased, and what became of it. */
export function Erasures({ instanceId, mayDecide }: { instanceId: string; mayDecide: boolean }) {
  const list = useInfiniteQuery(erasuresQuery(instanceId));
  const { data: person } = useQuery(whoamiQuery);
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  const done = () => {
    close();
    queryClient.invalidateQueries({ queryKey: ['erasures', instanceId] });
  };

  const columns: Column<Erasure>[] = [
    { title: 'What', cell: ({ subject }) => <Text value={saySubject(subject)} /> },
    {
      title: 'Entries',
      numeric: true,
      cell: ({ entries, entries_approximate }) => `${entries}${entries_approximate ? '+' : ''}`,
    },
    { title: 'Reason', cell: ({ reason }) => <Text value={reason} /> },
    { title: 'Asked by', cell: ({ requested_by: by }) => <Text value={by.name ?? by.id} /> },
    { title: 'When', cell: ({ created_at }) => <When at={created_at} /> },
    {
      title: 'State',
      cell: ({ status, by_itself_at }) => (
        <>
          {humanise(status)}
          {by_itself_at && (
            <>
              ; by itself <When at={by_itself_at} />
            </>
          )}
        </>
      ),
    },
  ];
  if (mayDecide) {
    columns.push({
      title: '',
      cell: (erasure) =>
        erasure.status === 'requested' && (
          <>
            {erasure.requested_by.id !== person?.id && (
              <Button look="quiet" onClick={() => setDoing({ what: 'confirm', erasure })}>
                Confirm<span className="sr-only"> {saySubject(erasure.subject)}</span>
              </Button>
            )}
            <Button look="quiet" onClick={() => setDoing({ what: 'decline', erasure })}>
              {erasure.requested_by.id === person?.id ? 'Withdraw' : 'Decline'}
              <span className="sr-only"> {saySubject(erasure.subject)}</span>
            </Button>
          </>
        ),
    });
  }

  return (
    <PageSection
      title="Erasures"
      action={
        mayDecide && <Button onClick={() => setDoing({ what: 'ask' })}>Ask for an erasure</Button>
      }
    >
      <DataTable
        label="Erasures"
        query={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Eraser,
          title: 'Nobody has asked for an erasure',
          text: 'One owner or admin asks, another confirms. Names and addresses go; ids stay.',
        }}
      />
      <LoadMore list={list} words="Show older erasures" />
      {doing?.what === 'ask' && (
        <FormDialog
          title="Ask for an erasure of personal details"
          submit="Ask for the erasure"
          onSubmit={(fields) => askForErasure(instanceId, subjectFrom(fields), reasonFrom(fields))}
          onDone={done}
          onClose={close}
        >
          <SubjectFields types={['user', 'api_key', 'entry']} />
          <p>
            Another owner or admin has to confirm it. Where there is nobody else, it is confirmed
            after thirty days.
          </p>
        </FormDialog>
      )}
      {doing?.what === 'confirm' && (
        <FormDialog
          title="Erase these personal details?"
          submit="Erase them for good"
          danger
          onSubmit={() => confirmErasure(instanceId, doing.erasure.id)}
          onDone={done}
          onClose={close}
        >
          <p>
            <Text value={saySubject(doing.erasure.subject)} />: {doing.erasure.entries}
            {doing.erasure.entries_approximate && '+'} entries when it was asked for. This cannot be
            undone.
          </p>
        </FormDialog>
      )}
      {doing?.what === 'decline' && (
        <FormDialog
          title="Erase nothing?"
          submit="Leave them as they are"
          onSubmit={(fields) => declineErasure(instanceId, doing.erasure.id, reasonFrom(fields))}
          onDone={done}
          onClose={close}
        >
          <ReasonField />
        </FormDialog>
      )}
    </PageSection>
  );
}
