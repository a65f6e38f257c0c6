import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Scale } from 'lucide-react';
import { useState } from 'react';
import type { Hold } from '../../api/types';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { LoadMore } from '../../ui/LoadMore';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { holdsQuery, liftHold, placeHold } from './queries';
import { ReasonField, reasonFrom, SubjectFields, subjectFrom } from './SubjectFields';
import { saySubject } from './subjects';

/** What must not be forgotten until the hold is lifted. */
export function Holds({ instanceId, mayDecide }: { instanceId: string; mayDecide: boolean }) {
  const list = useInfiniteQuery(holdsQuery(instanceId));
  const queryClient = useQueryClient();
  const [doing, setDoing] = useState<'place' | Hold | null>(null);
  const close = () => setDoing(null);
  const done = () => {
    close();
    queryClient.invalidateQueries({ queryKey: ['holds', instanceId] });
  };

  const columns: Column<Hold>[] = [
    { title: 'What', cell: ({ subject }) => <Text value={saySubject(subject)} /> },
    { title: 'Reason', cell: ({ reason }) => <Text value={reason} /> },
    { title: 'Placed by', cell: ({ placed_by: by }) => <Text value={by.name ?? by.id} /> },
    { title: 'When', cell: ({ created_at }) => <When at={created_at} /> },
    { title: 'Lifted', cell: ({ lifted_at }) => <When at={lifted_at} never="No" /> },
  ];
  if (mayDecide) {
    columns.push({
      title: '',
      cell: (hold) =>
        hold.lifted_at === null && (
          <Button look="quiet" onClick={() => setDoing(hold)}>
            Lift<span className="sr-only"> the hold on {saySubject(hold.subject)}</span>
          </Button>
        ),
    });
  }

  return (
    <PageSection
      title="Legal holds"
      action={mayDecide && <Button onClick={() => setDoing('place')}>Place a legal hold</Button>}
    >
      <DataTable
        label="Legal holds"
        query={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Scale,
          title: 'Nothing is held',
          text: 'What is held is neither erased nor expires until the hold is lifted.',
        }}
      />
      <LoadMore list={list} words="Show older holds" />
      {doing === 'place' && (
        <FormDialog
          title="Place a legal hold"
          submit="Place the hold"
          onSubmit={(fields) => placeHold(instanceId, subjectFrom(fields), reasonFrom(fields))}
          onDone={done}
          onClose={close}
        >
          <SubjectFields types={['user', 'api_key']} />
        </FormDialog>
      )}
      {doing !== null && doing !== 'place' && (
        <FormDialog
          title="Lift the legal hold?"
          submit="Lift the hold"
          danger
          onSubmit={(fields) => liftHold(instanceId, doing.id, reasonFrom(fields))}
          onDone={done}
          onClose={close}
        >
          <ReasonField />
        </FormDialog>
      )}
    </PageSection>
  );
}
