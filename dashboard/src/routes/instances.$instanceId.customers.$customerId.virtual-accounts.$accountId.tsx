import { createFileRoute } from '@tanstack/react-router';
import { readDetailSearch } from '../payments/detail-search';
import { VirtualAccountPage } from '../payments/virtual-accounts/VirtualAccountPage';

export const Route = createFileRoute(
  '/instances/$instanceId/customers/$customerId/virtual-accounts/$accountId',
)({
  validateSearch: readDetailSearch,
  component: function VirtualAccountRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <VirtualAccountPage
        key={params.accountId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
