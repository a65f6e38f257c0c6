import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiKey } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { apiKeysQuery } from '../../identity/queries';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { humanise } from '../../ui/words';
import { CreateKeyDialog } from './CreateKeyDialog';
import { revokeKey } from './queries';

/** Settings → API keys: what programs act with. */
export function ApiKeysPage({ instanceId }: { instanceId: string }) {
  const keys = useQuery(apiKeysQuery(instanceId));
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const reload = () => queryClient.invalidateQueries({ queryKey: ['api-keys', instanceId] });

  const columns: Column<ApiKey>[] = [
    { title: 'Name', cell: (key) => <Text value={key.name} /> },
    { title: 'Token', cell: (key) => <Text value={key.token} className="mono" /> },
    { title: 'Acts at most as', cell: (key) => humanise(key.role) },
    { title: 'Audit logs', cell: (key) => (key.reads_log ? 'Reads' : 'Does not read') },
    { title: 'From', cell: (key) => key.ip_whitelist.join(', ') || 'Any address' },
    { title: 'Last used', cell: (key) => <When at={key.last_used_at} never="Never" /> },
  ];
  if (may('INTEGRATION', 'W')) {
    columns.push({
      title: '',
      cell: (key) => (
        <Button look="quiet" onClick={() => setRevoking(key)}>
          Revoke<span className="sr-only"> {key.name}</span>
        </Button>
      ),
    });
  }

  return (
    <Page
      title="API keys"
      lead="Programs act with a key. Whatever a key does is in the audit log under its name."
      action={
        <>
          <ActivityLink instanceId={instanceId} of="API keys" search={{ feature: ['api_key'] }} />
          {may('INTEGRATION', 'W') && (
            <Button look="primary" onClick={() => setCreating(true)}>
              <Plus size={14} aria-hidden />
              Create a key
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label="API keys"
        query={keys}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: KeyRound,
          title: 'No API keys yet',
          text: 'Create one for each program, so that the log can tell them apart.',
        }}
      />
      {creating && (
        <CreateKeyDialog
          instanceId={instanceId}
          onMade={reload}
          onClose={() => setCreating(false)}
        />
      )}
      {revoking && (
        <FormDialog
          title={`Revoke ${revoking.name}?`}
          submit="Revoke the key"
          danger
          onSubmit={() => revokeKey(instanceId, revoking.id)}
          onDone={() => {
            setRevoking(null);
            reload();
          }}
          onClose={() => setRevoking(null)}
        >
          <p>From the next request on it is refused. What it did stays in the log.</p>
        </FormDialog>
      )}
    </Page>
  );
}
