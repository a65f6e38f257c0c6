import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { Entry } from '../api/types';
import { fullName } from '../identity/names';
import { apiKeysQuery, membersQuery } from '../identity/queries';
import type { SayValue } from './chips';
import { type AuditLogSearch, valuesOf } from './search';
import type { CatalogueWords } from './words';

/**
 * The value of a filter in words. People and keys are asked for only when one is named in a filter;
 * who has left the team is still known by the entries on the page.
 */
export function useSay(
  instanceId: string,
  search: AuditLogSearch,
  words: CatalogueWords,
  entries: readonly Entry[],
): SayValue {
  const { data: members } = useQuery({
    ...membersQuery(instanceId),
    enabled: names(search, 'user_id'),
  });
  const { data: keys } = useQuery({
    ...apiKeysQuery(instanceId),
    enabled: names(search, 'api_key_id'),
  });

  const known = useMemo(() => {
    const found = new Map<string, string>();
    for (const { actor, user_id, api_key_id } of entries) {
      const id = user_id ?? api_key_id;
      if (id && actor.name && !found.has(id)) found.set(id, actor.name);
    }
    for (const member of members ?? []) found.set(member.id, fullName(member));
    for (const key of keys ?? []) found.set(key.id, key.name);
    return found;
  }, [entries, members, keys]);

  return useCallback(
    (key, value) =>
      /^(not_)?(user_id|api_key_id)$/.test(key)
        ? (known.get(value) ?? value)
        : words.value(key, value),
    [known, words],
  );
}

function names(search: AuditLogSearch, key: string): boolean {
  return valuesOf(search, key).length > 0 || valuesOf(search, `not_${key}`).length > 0;
}
