import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fullName } from '../identity/names';
import { apiKeysQuery, membersQuery } from '../identity/queries';
import { useAuditLog } from './context';
import type { Choice } from './typed';

/** Every value that is known by a name. People and keys are asked for once somebody types. */
export function useChoices(isWanted: boolean): readonly Choice[] {
  const { instanceId, words } = useAuditLog();
  const { data: members } = useQuery({ ...membersQuery(instanceId), enabled: isWanted });
  const { data: keys } = useQuery({ ...apiKeysQuery(instanceId), enabled: isWanted });

  return useMemo(() => {
    const { catalogue } = words;
    const named = (key: string, values: readonly string[] = []): Choice[] =>
      values.map((value) => ({ key, value, label: words.value(key, value) }));
    return [
      ...named('operation', catalogue?.operations),
      ...named(
        'feature',
        catalogue?.features.map(({ name }) => name),
      ),
      ...(members ?? []).map((member) => ({
        key: 'user_id',
        value: member.id,
        label: fullName(member),
        hint: member.email,
      })),
      ...(keys ?? []).map(({ id, name, token }) => ({
        key: 'api_key_id',
        value: id,
        label: name,
        hint: token,
      })),
      ...named('actor_type', catalogue?.actor_types),
      ...named('outcome', catalogue?.outcomes),
      ...named('has_passkey', ['true', 'false']),
      ...named(
        'action',
        catalogue?.data.map(({ action }) => action),
      ),
    ];
  }, [words, members, keys]);
}
