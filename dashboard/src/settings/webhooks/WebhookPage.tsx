import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Webhook } from 'lucide-react';
import type { WebhookEndpoint } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Copyable } from '../../ui/Copyable';
import { Fact, Facts } from '../../ui/Facts';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { Deliveries } from './Deliveries';
import { EndpointActions } from './EndpointActions';
import { endpointsQuery } from './queries';

interface WebhookPageProps {
  instanceId: string;
  endpointId: string;
}

/** One webhook endpoint: what it is told, its secret, and what became of each message. */
export function WebhookPage({ instanceId, endpointId }: WebhookPageProps) {
  const endpoints = useQuery(endpointsQuery(instanceId));
  return (
    <Page
      title="Webhook endpoint"
      lead={
        <Link to="/instances/$instanceId/settings/webhooks" params={{ instanceId }}>
          All endpoints
        </Link>
      }
      action={
        <ActivityLink
          instanceId={instanceId}
          of="this endpoint"
          search={{ entity_type: ['webhook_endpoint'], entity_id: [endpointId] }}
        />
      }
    >
      <Loaded label="Webhook endpoint" query={endpoints}>
        {(all) => (
          <Endpoint instanceId={instanceId} endpoint={all.find(({ id }) => id === endpointId)} />
        )}
      </Loaded>
    </Page>
  );
}

interface EndpointProps {
  instanceId: string;
  endpoint: WebhookEndpoint | undefined;
}

function Endpoint({ instanceId, endpoint }: EndpointProps) {
  const mayWrite = useMay(instanceId)('INTEGRATION', 'W');
  if (!endpoint) {
    return (
      <Message icon={Webhook} title="There is no such endpoint">
        <p>It may have been deleted. What was done with it is in the audit log.</p>
      </Message>
    );
  }
  return (
    <>
      <Facts>
        <Fact label="Address">
          <Text value={endpoint.url} className="mono" />
        </Fact>
        <Fact label="Events">{endpoint.events.join(', ') || 'All'}</Fact>
        <Fact label="Last event">
          <When at={endpoint.last_event_at} never="None yet" />
        </Fact>
        <Fact label="Created">
          <When at={endpoint.created_at} />
        </Fact>
        <Fact label="Id">
          <Copyable value={endpoint.id} label="Copy the id" />
        </Fact>
      </Facts>
      {mayWrite && <EndpointActions instanceId={instanceId} endpoint={endpoint} />}
      <Deliveries instanceId={instanceId} endpointId={endpoint.id} mayWrite={mayWrite} />
    </>
  );
}
