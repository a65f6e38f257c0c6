import { createFileRoute } from '@tanstack/react-router';
import { BillingPage } from '../settings/billing/BillingPage';

export const Route = createFileRoute('/instances/$instanceId/settings/billing')({
  component: function BillingRoute() {
    const { instanceId } = Route.useParams();
    return <BillingPage key={instanceId} instanceId={instanceId} />;
  },
});
