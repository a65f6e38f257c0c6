import { createFileRoute } from '@tanstack/react-router';
import { ReadingsPage } from '../settings/readings/ReadingsPage';

export const Route = createFileRoute('/instances/$instanceId/settings/audit-logs_/readings')({
  component: function ReadingsRoute() {
    const { instanceId } = Route.useParams();
    return <ReadingsPage key={instanceId} instanceId={instanceId} />;
  },
});
