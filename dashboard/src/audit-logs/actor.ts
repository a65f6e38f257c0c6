import type { Entry } from '../api/types';

/** The filter that finds everything this entry's actor did. */
export function actorFilter(entry: Entry): { key: string; value: string } {
  if (entry.user_id) return { key: 'user_id', value: entry.user_id };
  if (entry.api_key_id) return { key: 'api_key_id', value: entry.api_key_id };
  return { key: 'actor_type', value: entry.actor_type };
}

/** What the actor was called at that moment, or null when that was erased. */
export function actorName(entry: Entry): string | null {
  if (entry.actor_type === 'system') return 'System';
  return entry.actor.name || entry.actor.email || null;
}

/** For where words are needed: erased names leave the id. */
export function actorWords(entry: Entry): string {
  return actorName(entry) ?? entry.user_id ?? entry.api_key_id ?? 'someone';
}

export function isErased(entry: Entry): boolean {
  return entry.personal_state !== 'present';
}

/** Erased by a decision, or by the end of the time it was kept for. */
export function erasedWord(entry: Entry): string {
  return entry.personal_state === 'expired' ? 'expired' : 'erased';
}
