import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { readPreference } from '../shell/preferences';
import { useTitle } from '../shell/use-title';
import { ProblemMessage } from '../ui/ProblemMessage';
import { instancesQuery } from './queries';

/** No page of its own: leads to the last instance, to the only one, or to the choice. */
export function HomePage() {
  useTitle();
  const { data: instances, error, refetch } = useQuery(instancesQuery);
  if (instances) {
    const last = readPreference('instance');
    const instance =
      instances.find(({ id }) => id === last) ??
      (instances.length === 1 ? instances[0] : undefined);
    return instance ? (
      <Navigate to="/instances/$instanceId" params={{ instanceId: instance.id }} replace />
    ) : (
      <Navigate to="/instances" replace />
    );
  }
  return (
    <main id="main" aria-busy={!error}>
      <h1 className="sr-only">Deedbook</h1>
      {error && (
        <ProblemMessage title="Your instances did not load" error={error} onRetry={refetch} />
      )}
    </main>
  );
}
