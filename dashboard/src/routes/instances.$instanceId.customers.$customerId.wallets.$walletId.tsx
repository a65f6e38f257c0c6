import { createFileRoute } from '@tanstack/react-router';
import { readDetailSearch } from '../payments/detail-search';
import { WalletPage } from '../payments/wallets/WalletPage';

export const Route = createFileRoute(
  '/instances/$instanceId/customers/$customerId/wallets/$walletId',
)({
  validateSearch: readDetailSearch,
  component: function WalletRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <WalletPage
        key={params.walletId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
