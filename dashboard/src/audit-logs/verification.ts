import type { Entry } from '../api/types';

export interface Verification {
  readonly text: string;
  readonly strength: 'act' | 'session' | 'none' | 'apart';
}

/** What a passkey had to do with the act: exactly one answer, and none for the system. */
export function verificationOf(entry: Entry): Verification | null {
  if (entry.actor_type === 'system') return null;
  if (entry.actor_type === 'api_key') {
    return { strength: 'apart', text: 'Passkeys do not apply to API keys' };
  }
  if (entry.has_passkey) return { strength: 'act', text: 'Passkey confirmed for this act' };
  if (entry.auth_method === 'passkey_session') {
    return {
      strength: 'session',
      text: 'Session opened with a passkey; this act was not confirmed',
    };
  }
  return { strength: 'none', text: 'No passkey' };
}
