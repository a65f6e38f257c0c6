import { QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem, Problem } from './problem';

export function createQueryClient(onSignedOut: () => void): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isProblem(error, 401)) onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A log that changes by itself while it is read is a nuisance; there is a Refresh button.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < 1 && isPassing(error),
        retryDelay: 400,
      },
    },
  });
}

/** A restarting server or proxy: worth one quiet second try. */
function isPassing(error: unknown): boolean {
  return error instanceof Problem && [502, 503, 504].includes(error.status);
}
