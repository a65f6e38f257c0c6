import type { Catalogue, Entry } from '../api/types';
import { humanise } from '../ui/words';

/** The names that people read for the names that the log keeps. */
const TITLES: Record<string, string> = {
  feature: 'Feature',
  operation: 'Operation',
  actor_type: 'Actor type',
  user_id: 'User',
  api_key_id: 'API key',
  entity_id: 'Entity',
  entity_type: 'Entity type',
  action: 'Action',
  outcome: 'Outcome',
  has_passkey: 'Passkey',
  q: 'Text',
  ip_address: 'IP address',
  country: 'Country',
  ref_id: 'Touched id',
  request_id: 'Request',
  session_id: 'Session',
};

const ACTOR_TYPES: Record<string, string> = { user: 'User', api_key: 'API key', system: 'System' };

const AUTH_METHODS: Record<string, string> = {
  passkey_session: 'Session opened with a passkey',
  code_session: 'Session opened with an e-mailed code',
  api_key: 'API key',
  operator: 'By the operator, on the command line',
};

/** "Feature is", "Feature is not": the beginning of a chip. */
export function filterTitle(key: string): { title: string; verb: 'is' | 'is not' } {
  const name = key.replace(/^not_/, '');
  const title = Object.hasOwn(TITLES, name) ? (TITLES[name] ?? name) : null;
  // A key that nobody knows is shown as it stands, for its writer to see the slip.
  if (!title) return { title: key, verb: 'is' };
  return { title, verb: name === key ? 'is' : 'is not' };
}

export function actorTypeTitle(type: string): string {
  return ACTOR_TYPES[type] ?? humanise(type);
}

export function authMethodTitle(method: string): string {
  return AUTH_METHODS[method] ?? humanise(method);
}

export class CatalogueWords {
  private readonly features: Map<string, string>;
  private readonly actions: Map<string, Catalogue['data'][number]>;

  constructor(readonly catalogue: Catalogue | undefined) {
    this.features = new Map(catalogue?.features.map(({ name, title }) => [name, title]));
    this.actions = new Map(catalogue?.data.map((action) => [action.action, action]));
  }

  feature(name: string): string {
    return this.features.get(name) ?? humanise(name);
  }

  action(name: string): string {
    return this.actions.get(name)?.title ?? humanise(name);
  }

  /** A catalogue that has not loaded, or is older than the entry, still leaves something to read. */
  sentence(entry: Entry): string {
    return this.actions.get(entry.action)?.sentence ?? `${humanise(entry.action)}: {label}`;
  }

  /** The value of a filter in words. Names of people and keys come from elsewhere. */
  value(key: string, value: string): string {
    const name = key.replace(/^not_/, '');
    if (name === 'feature') return this.feature(value);
    if (name === 'action') return this.action(value);
    if (name === 'actor_type') return actorTypeTitle(value);
    if (name === 'operation' || name === 'outcome' || name === 'entity_type')
      return humanise(value);
    if (name === 'has_passkey') return value === 'true' ? 'confirmed' : 'not confirmed';
    return value;
  }
}
