import { createFileRoute, redirect } from '@tanstack/react-router';

export const Route = createFileRoute('/instances/$instanceId/')({
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/instances/$instanceId/settings/audit-logs', params, replace: true });
  },
});
