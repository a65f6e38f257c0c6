import { createFileRoute } from '@tanstack/react-router';
import { DevelopmentToolsPage } from '../payments/blockchain-operations/DevelopmentToolsPage';

export const Route = createFileRoute('/instances/$instanceId/development-tools')({
  component: function DevelopmentToolsRoute() {
    const { instanceId } = Route.useParams();
    return <DevelopmentToolsPage key={instanceId} instanceId={instanceId} />;
  },
});
