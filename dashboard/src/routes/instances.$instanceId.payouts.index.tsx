import { createFileRoute } from '@tanstack/react-router';
import { PayoutsPage } from '../payments/payouts/PayoutsPage';
import { readPayoutsSearch } from '../payments/payouts/search';

export const Route = createFileRoute('/instances/$instanceId/payouts/')({
  validateSearch: readPayoutsSearch,
  component: function PayoutsRoute() {
    const { instanceId } = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <PayoutsPage
        key={instanceId}
        instanceId={instanceId}
        search={Route.useSearch()}
        onSearch={(search) => navigate({ search })}
      />
    );
  },
});
