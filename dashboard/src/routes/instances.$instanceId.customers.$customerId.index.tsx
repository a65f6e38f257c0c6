import { createFileRoute } from '@tanstack/react-router';
import { CustomerPage } from '../payments/customers/CustomerPage';
import { readDetailSearch } from '../payments/detail-search';

export const Route = createFileRoute('/instances/$instanceId/customers/$customerId/')({
  validateSearch: readDetailSearch,
  component: function CustomerRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <CustomerPage
        key={params.customerId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
