import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { api } from '../api/client';
import { isProblem, Problem, unwrap } from '../api/problem';
import { notify } from '../ui/announce';

/** Ends the session. Only when the server has ended it does the page say so. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    try {
      await unwrap(api.DELETE('/v1/sessions/current'));
    } catch (error) {
      // A session that is gone already is what was asked for.
      if (!isProblem(error, 401)) {
        notify(`You are still signed in. ${error instanceof Problem ? error.message : ''}`);
        return;
      }
    }
    await navigate({ to: '/sign-in' });
    queryClient.clear();
  };
}
