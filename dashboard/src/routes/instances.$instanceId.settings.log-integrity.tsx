import { createFileRoute } from '@tanstack/react-router';
import { IntegrityPage } from '../settings/log-integrity/IntegrityPage';

export const Route = createFileRoute('/instances/$instanceId/settings/log-integrity')({
  component: function IntegrityRoute() {
    const { instanceId } = Route.useParams();
    return <IntegrityPage key={instanceId} instanceId={instanceId} />;
  },
});
