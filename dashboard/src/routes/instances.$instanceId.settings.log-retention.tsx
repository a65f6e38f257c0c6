import { createFileRoute } from '@tanstack/react-router';
import { LogRetentionPage } from '../settings/log-retention/LogRetentionPage';

export const Route = createFileRoute('/instances/$instanceId/settings/log-retention')({
  component: function LogRetentionRoute() {
    const { instanceId } = Route.useParams();
    return <LogRetentionPage key={instanceId} instanceId={instanceId} />;
  },
});
