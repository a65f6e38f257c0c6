import { createFileRoute } from '@tanstack/react-router';
import { WebhooksPage } from '../settings/webhooks/WebhooksPage';

export const Route = createFileRoute('/instances/$instanceId/settings/webhooks')({
  component: function WebhooksRoute() {
    const { instanceId } = Route.useParams();
    return <WebhooksPage key={instanceId} instanceId={instanceId} />;
  },
});
