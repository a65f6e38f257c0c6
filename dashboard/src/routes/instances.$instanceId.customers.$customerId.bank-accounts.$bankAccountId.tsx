import { createFileRoute } from '@tanstack/react-router';
import { BankAccountPage } from '../payments/bank-accounts/BankAccountPage';
import { readDetailSearch } from '../payments/detail-search';

export const Route = createFileRoute(
  '/instances/$instanceId/customers/$customerId/bank-accounts/$bankAccountId',
)({
  validateSearch: readDetailSearch,
  component: function BankAccountRoute() {
    const params = Route.useParams();
    const navigate = Route.useNavigate();
    return (
      <BankAccountPage
        key={params.bankAccountId}
        {...params}
        search={Route.useSearch()}
        onSearch={(search, { replace = false } = {}) => navigate({ search, replace })}
      />
    );
  },
});
