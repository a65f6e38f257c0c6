import { createFileRoute } from '@tanstack/react-router';
import { BlockchainWalletPage } from '../payments/blockchain-wallets/BlockchainWalletPage';
import { readDetailSearch } from '../payments/detail-search';

export const Route = createFileRoute(
  '/instances/$instanceId/customers/$customerId/blockchain-wallets/$walletId',
)({
  validateSearch: readDetailSearch,
  component: function BlockchainWalletRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <BlockchainWalletPage
        key={params.walletId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
