import { humanise } from '../ui/words';

const WAYS_IN: Record<string, string> = {
  passkey_session: 'Passkey',
  code_session: 'E-mailed code',
  operator: 'Link of the operator',
};

/** How a session was opened, by the name that the API has for it. */
export function wayIn(authMethod: string): string {
  return WAYS_IN[authMethod] ?? humanise(authMethod);
}
