/**
 * The filters that have a menu. To add one, add it here, and where its values come from to
 * use-options.ts; the URL, the chips and the API query take any key already.
 */
export interface FilterMenuSpec {
  readonly key: 'feature' | 'operation' | 'actor_type' | 'user_id' | 'api_key_id';
  readonly placeholder: string;
  /** The prefix of ids that may be pasted. */
  readonly idPrefix?: 'us' | 'ap';
}

export const FILTER_MENUS: readonly FilterMenuSpec[] = [
  { key: 'feature', placeholder: 'Find a feature' },
  { key: 'operation', placeholder: 'Find an operation' },
  { key: 'actor_type', placeholder: 'Find an actor type' },
  { key: 'user_id', placeholder: 'Name, e-mail or us_… id', idPrefix: 'us' },
  { key: 'api_key_id', placeholder: 'Name, prefix or ap_… id', idPrefix: 'ap' },
];
