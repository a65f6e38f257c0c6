import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { plain } from '../../ui/hostile';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { removeWitness, statusQuery, type Witness } from './queries';

/** Machines that remember the log, by what they say of themselves. */
export function Witnesses({ instanceId }: { instanceId: string }) {
  const witnesses = useQuery({ ...statusQuery(instanceId), select: ({ witnesses: all }) => all });
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const [removing, setRemoving] = useState<Witness | null>(null);

  const columns: Column<Witness>[] = [
    { title: 'Witness', cell: ({ name }) => <Text value={name} /> },
    { title: 'Remembers', cell: ({ size }) => `${size.toLocaleString('en')} entries` },
    { title: 'Last heard', cell: ({ remembered_at }) => <When at={remembered_at} /> },
    { title: 'First heard', cell: ({ created_at }) => <When at={created_at} /> },
  ];
  if (may('OWNERSHIP', 'W')) {
    columns.push({
      title: '',
      cell: (witness) => (
        <Button onClick={() => setRemoving(witness)}>
          Remove<span className="sr-only"> {plain(witness.name)}</span>
        </Button>
      ),
    });
  }

  return (
    <PageSection
      title="Witnesses"
      lead="Machines of somebody else’s that run “deedbook witness”. Each says what it remembers; the proof is with it."
    >
      <DataTable
        label="Witnesses"
        query={witnesses}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Eye,
          title: 'No machine remembers this log',
          text: 'Run “deedbook witness” on a machine that whoever runs this server does not hold.',
        }}
      />
      {removing && (
        <FormDialog
          title={`Take ${plain(removing.name)} off the list?`}
          submit="Take it off"
          danger
          onSubmit={() => removeWitness(instanceId, removing.id)}
          onDone={() => {
            setRemoving(null);
            queryClient.invalidateQueries(statusQuery(instanceId));
          }}
          onClose={() => setRemoving(null)}
        >
          <p>It keeps what it remembers, and comes back to the list when it looks again.</p>
        </FormDialog>
      )}
    </PageSection>
  );
}
