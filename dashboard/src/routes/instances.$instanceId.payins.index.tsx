import { createFileRoute } from '@tanstack/react-router';
import { PayinsPage } from '../payments/payins/PayinsPage';
import { readPayinsSearch } from '../payments/payins/search';

export const Route = createFileRoute('/instances/$instanceId/payins/')({
  validateSearch: readPayinsSearch,
  component: function PayinsRoute() {
    const { instanceId } = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <PayinsPage
        key={instanceId}
        instanceId={instanceId}
        search={Route.useSearch()}
        onSearch={(search) => navigate({ search })}
      />
    );
  },
});
