import { createFileRoute } from '@tanstack/react-router';
import { readDetailSearch } from '../payments/detail-search';
import { PayinPage } from '../payments/payins/PayinPage';

export const Route = createFileRoute('/instances/$instanceId/payins/$payinId')({
  validateSearch: readDetailSearch,
  component: function PayinRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <PayinPage
        key={params.payinId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
