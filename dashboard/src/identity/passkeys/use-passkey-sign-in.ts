import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { straight } from '../../api/acts';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Assertion } from '../../api/types';
import { canSuggestPasskeys, signChallenge } from './webauthn';

// A challenge serves for two minutes: a page that stands longer needs a new one.
const ROUND_MS = 110_000;

/**
 * Signs in with a passkey: of those that the browser suggests in the e-mail field, or asked for by
 * the button. While it is `paused` none is suggested.
 */
export function usePasskeySignIn(onPasskey: (passkey: Assertion) => void, paused: boolean) {
  const ask = useMutation({
    mutationFn: async () => signChallenge(await fetchChallenge()),
    onSuccess: onPasskey,
  });

  // The browser has one request at a time: asked for by the button, it suggests none.
  const quiet = paused || ask.isPending;
  useEffect(() => {
    if (quiet) return;
    const stop = new AbortController();
    suggest(stop.signal).then((passkey) => {
      if (passkey && !stop.signal.aborted) onPasskey(passkey);
    });
    return () => stop.abort();
  }, [quiet, onPasskey]);
  return ask;
}

/** The passkey that was chosen of the suggestions; null when there will be none. */
async function suggest(stop: AbortSignal): Promise<Assertion | null> {
  if (!(await canSuggestPasskeys())) return null;
  while (!stop.aborted) {
    const round = AbortSignal.any([stop, AbortSignal.timeout(ROUND_MS)]);
    try {
      const options = await fetchChallenge(round);
      return await signChallenge(options, { mediation: 'conditional', signal: round });
    } catch {
      // Nobody asked for anything yet, so there is nothing to say; the button tells what is wrong.
      if (!round.aborted) return null;
    }
  }
  return null;
}

function fetchChallenge(signal?: AbortSignal) {
  return unwrap(
    api.POST('/v1/sign-in/passkey-options', { fetch: straight, ...(signal && { signal }) }),
  );
}
