import { createFileRoute } from '@tanstack/react-router';
import { SignInPage } from '../identity/SignInPage';

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search): { next?: string } =>
    typeof search.next === 'string' ? { next: search.next } : {},
  component: function SignInRoute() {
    return <SignInPage next={Route.useSearch().next} />;
  },
});
