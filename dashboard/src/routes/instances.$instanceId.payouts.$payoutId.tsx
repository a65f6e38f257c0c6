import { createFileRoute } from '@tanstack/react-router';
import { readDetailSearch } from '../payments/detail-search';
import { PayoutPage } from '../payments/payouts/PayoutPage';

export const Route = createFileRoute('/instances/$instanceId/payouts/$payoutId')({
  validateSearch: readDetailSearch,
  component: function PayoutRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <PayoutPage
        key={params.payoutId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
