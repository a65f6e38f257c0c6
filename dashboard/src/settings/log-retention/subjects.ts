import type { Subject } from '../../api/types';
import { humanise } from '../../ui/words';

/** What people choose from; what is none of these is an entity by its type. */
export const ACTORS_AND_ENTRIES = ['user', 'api_key', 'entry'] as const;

/** The subject that a type and an id name, as the API has it. */
export function subjectOf(type: string, id: string): Partial<Subject> {
  switch (type) {
    case 'user':
      return { user_id: id };
    case 'api_key':
      return { api_key_id: id };
    case 'entry':
      return { entry_id: id };
    default:
      return { entity_type: type, entity_id: id };
  }
}

/** "Customer re_…": a subject in two words. */
export function saySubject(subject: Subject): string {
  if (subject.user_id) return `Acts of user ${subject.user_id}`;
  if (subject.api_key_id) return `Acts of API key ${subject.api_key_id}`;
  if (subject.entry_id) return `Entry ${subject.entry_id}`;
  return `${humanise(subject.entity_type ?? '')} ${subject.entity_id}`;
}
