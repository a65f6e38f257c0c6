import { createFileRoute } from '@tanstack/react-router';
import { TeamPage } from '../settings/team/TeamPage';

export const Route = createFileRoute('/instances/$instanceId/settings/team')({
  component: function TeamRoute() {
    const { instanceId } = Route.useParams();
    return <TeamPage key={instanceId} instanceId={instanceId} />;
  },
});
