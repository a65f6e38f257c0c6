import { createFileRoute } from '@tanstack/react-router';
import { WebhookPage } from '../settings/webhooks/WebhookPage';

export const Route = createFileRoute('/instances/$instanceId/settings/webhooks_/$endpointId')({
  component: function WebhookRoute() {
    const { instanceId, endpointId } = Route.useParams();
    return <WebhookPage key={endpointId} instanceId={instanceId} endpointId={endpointId} />;
  },
});
