import { createFileRoute } from '@tanstack/react-router';
import { useCallback } from 'react';
import { AuditLogPage } from '../audit-logs/AuditLogPage';
import type { ChangeSearch } from '../audit-logs/context';
import { readSearch } from '../audit-logs/search';

export const Route = createFileRoute('/instances/$instanceId/settings/audit-logs')({
  validateSearch: readSearch,
  component: function AuditLogRoute() {
    const { instanceId } = Route.useParams();
    const navigate = Route.useNavigate();
    const onSearch: ChangeSearch = useCallback(
      (change, { replace = false } = {}) => navigate({ search: change, replace }),
      [navigate],
    );
    return (
      <AuditLogPage
        // Another instance is another log: no state of the page may cross over.
        key={instanceId}
        instanceId={instanceId}
        search={Route.useSearch()}
        onSearch={onSearch}
      />
    );
  },
});
