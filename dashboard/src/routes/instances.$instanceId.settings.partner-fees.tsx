import { createFileRoute } from '@tanstack/react-router';
import { PartnerFeesPage } from '../settings/partner-fees/PartnerFeesPage';

export const Route = createFileRoute('/instances/$instanceId/settings/partner-fees')({
  component: function PartnerFeesRoute() {
    const { instanceId } = Route.useParams();
    return <PartnerFeesPage key={instanceId} instanceId={instanceId} />;
  },
});
