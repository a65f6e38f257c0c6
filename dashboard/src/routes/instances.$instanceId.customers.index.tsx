import { createFileRoute } from '@tanstack/react-router';
import { CustomersPage } from '../payments/customers/CustomersPage';
import { readCustomersSearch } from '../payments/customers/search';

export const Route = createFileRoute('/instances/$instanceId/customers/')({
  validateSearch: readCustomersSearch,
  component: function CustomersRoute() {
    const { instanceId } = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <CustomersPage
        key={instanceId}
        instanceId={instanceId}
        search={Route.useSearch()}
        onSearch={(search) => navigate({ search })}
      />
    );
  },
});
