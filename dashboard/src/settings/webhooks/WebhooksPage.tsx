import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, Webhook } from 'lucide-react';
import { useState } from 'react';
import type { WebhookEndpoint } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { CreateEndpointDialog } from './CreateEndpointDialog';
import { endpointsQuery } from './queries';

/** Settings → Webhooks: where events are sent. */
export function WebhooksPage({ instanceId }: { instanceId: string }) {
  const endpoints = useQuery(endpointsQuery(instanceId));
  const may = useMay(instanceId);
  const queryClient = useQueryClient();
  const [creating, setCreating] = useState(false);

  const columns: Column<WebhookEndpoint>[] = [
    {
      title: 'Address',
      cell: ({ id, url }) => (
        <Link
          to="/instances/$instanceId/settings/webhooks/$endpointId"
          params={{ instanceId, endpointId: id }}
        >
          <Text value={url} className="mono" />
        </Link>
      ),
    },
    { title: 'Events', cell: ({ events }) => sayEvents(events) },
    {
      title: 'Last event',
      cell: ({ last_event_at }) => <When at={last_event_at} never="None yet" />,
    },
    { title: 'Created', cell: ({ created_at }) => <When at={created_at} /> },
  ];

  return (
    <Page
      title="Webhooks"
      lead="Your servers are told of events as they happen, with messages that are signed."
      action={
        <>
          <ActivityLink
            instanceId={instanceId}
            of="webhook endpoints"
            search={{ feature: ['webhook_endpoint'] }}
          />
          {may('INTEGRATION', 'W') && (
            <Button look="primary" onClick={() => setCreating(true)}>
              <Plus size={14} aria-hidden />
              Add an endpoint
            </Button>
          )}
        </>
      }
    >
      <DataTable
        label="Webhook endpoints"
        query={endpoints}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Webhook,
          title: 'No webhook endpoints yet',
          text: 'Add the address of a server of yours, and it is told of every event.',
        }}
      />
      {creating && (
        <CreateEndpointDialog
          instanceId={instanceId}
          onDone={() => {
            setCreating(false);
            queryClient.invalidateQueries({ queryKey: ['webhook-endpoints', instanceId] });
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </Page>
  );
}

/** The events themselves when they are few. */
export function sayEvents(events: readonly string[]): string {
  if (events.length === 0) return 'All';
  return events.length <= 3 ? events.join(', ') : `${events.length} kinds`;
}
