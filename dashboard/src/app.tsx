import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { createQueryClient } from './api/query-client';
import { type AppRouter, createAppRouter } from './router';
import { Announcer } from './ui/announce';

interface AppParts {
  queryClient: QueryClient;
  router: AppRouter;
}

export function createApp(history?: RouterHistory): AppParts {
  const queryClient = createQueryClient(goToSignIn);
  const router = createAppRouter(history);

  /** Whatever call finds the session gone leads to the sign-in page, and from there back here. */
  let leaving = false;
  async function goToSignIn() {
    // Several calls find it gone at once; only the first knows where its reader was.
    if (leaving || router.state.location.pathname === '/sign-in') return;
    leaving = true;
    await router.navigate({ to: '/sign-in', search: { next: router.history.location.href } });
    leaving = false;
    // The next person at this screen must not find what this one was reading.
    queryClient.clear();
  }

  return { queryClient, router };
}

export function App({ app }: { app: AppParts }) {
  return (
    <QueryClientProvider client={app.queryClient}>
      <RouterProvider router={app.router} />
      <Announcer />
    </QueryClientProvider>
  );
}
