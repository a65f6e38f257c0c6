import { createFileRoute } from '@tanstack/react-router';
import { readDetailSearch } from '../payments/detail-search';
import { TransferPage } from '../payments/transfers/TransferPage';

export const Route = createFileRoute('/instances/$instanceId/transfers/$transferId')({
  validateSearch: readDetailSearch,
  component: function TransferRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <TransferPage
        key={params.transferId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
