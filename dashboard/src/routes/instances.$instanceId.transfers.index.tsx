import { createFileRoute } from '@tanstack/react-router';
import { readTransfersSearch } from '../payments/transfers/search';
import { TransfersPage } from '../payments/transfers/TransfersPage';

export const Route = createFileRoute('/instances/$instanceId/transfers/')({
  validateSearch: readTransfersSearch,
  component: function TransfersRoute() {
    const { instanceId } = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <TransfersPage
        key={instanceId}
        instanceId={instanceId}
        search={Route.useSearch()}
        onSearch={(search) => navigate({ search })}
      />
    );
  },
});
