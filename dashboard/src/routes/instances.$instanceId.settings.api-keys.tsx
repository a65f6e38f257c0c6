import { createFileRoute } from '@tanstack/react-router';
import { ApiKeysPage } from '../settings/api-keys/ApiKeysPage';

export const Route = createFileRoute('/instances/$instanceId/settings/api-keys')({
  component: function ApiKeysRoute() {
    const { instanceId } = Route.useParams();
    return <ApiKeysPage key={instanceId} instanceId={instanceId} />;
  },
});
