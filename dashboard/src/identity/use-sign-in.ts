import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { api } from '../api/client';
import { unwrap } from '../api/problem';
import type { Assertion } from '../api/types';

type Credentials =
  | { email: string; code: string }
  | { link_token: string }
  | { passkey: Assertion };

/** Opens a session, and then the page that asked for it. */
export function useSignIn(next: string | undefined) {
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: (body: Credentials) => unwrap(api.POST('/v1/sessions', { body })),
    onSuccess: () => {
      queryClient.clear();
      router.history.replace(isOurs(next) ? next : import.meta.env.BASE_URL);
    },
  });
}

/** A link to the sign-in page must not be able to send anyone elsewhere. */
function isOurs(path: string | undefined): path is string {
  return path?.startsWith(import.meta.env.BASE_URL) ?? false;
}

export function useSendCode() {
  return useMutation({
    mutationFn: (email: string) => unwrap(api.POST('/v1/sign-in/codes', { body: { email } })),
  });
}
