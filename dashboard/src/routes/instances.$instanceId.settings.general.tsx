import { createFileRoute } from '@tanstack/react-router';
import { GeneralPage } from '../settings/general/GeneralPage';

export const Route = createFileRoute('/instances/$instanceId/settings/general')({
  component: function GeneralRoute() {
    const { instanceId } = Route.useParams();
    return <GeneralPage key={instanceId} instanceId={instanceId} />;
  },
});
