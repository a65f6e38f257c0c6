import { createFileRoute, Outlet } from '@tanstack/react-router';
import { Shell } from '../shell/Shell';

export const Route = createFileRoute('/instances/$instanceId')({
  component: function InstanceRoute() {
    const { instanceId } = Route.useParams();
    return (
      <Shell instanceId={instanceId}>
        <Outlet />
      </Shell>
    );
  },
});
