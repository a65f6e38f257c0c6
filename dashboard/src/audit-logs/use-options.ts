import { useQuery } from '@tanstack/react-query';
import { fullName } from '../identity/names';
import { apiKeysQuery, membersQuery } from '../identity/queries';
import type { Option } from '../ui/OptionList';
import { useAuditLog } from './context';
import type { FilterMenuSpec } from './filters';
import { facetsQuery } from './queries';
import { valuesOf } from './search';

const COUNT = new Intl.NumberFormat('en');

export interface Options {
  readonly options: readonly Option[];
  readonly loading: boolean;
  readonly error: unknown;
  readonly approximate: boolean;
}

/** The values of a filter with their counts. Used in an open menu, so nothing is asked before. */
export function useOptions({ key }: FilterMenuSpec): Options {
  const { instanceId, search } = useAuditLog();
  const facets = useQuery(facetsQuery(instanceId, search, key));
  const counts = facets.data?.data[key];
  const { options, loading, error } = useValues(key, counts?.map(({ value }) => value) ?? []);
  const countOf = new Map(counts?.map(({ value, count }) => [value, COUNT.format(count)]));
  const listed = options.map(({ value }) => value);
  // A value that is set but not in the list (a member who left) can still be taken away here.
  const set = valuesOf(search, key).filter((value) => !listed.includes(value));

  return {
    options: [...set.map((value) => ({ value, label: value })), ...options].map((option) => ({
      ...option,
      ...(counts && { count: countOf.get(option.value) ?? '0' }),
    })),
    loading,
    error,
    approximate: facets.data?.approximate ?? false,
  };
}

function useValues(key: FilterMenuSpec['key'], counted: readonly string[]) {
  const { instanceId, words } = useAuditLog();
  const members = useQuery({ ...membersQuery(instanceId), enabled: key === 'user_id' });
  const keys = useQuery({ ...apiKeysQuery(instanceId), enabled: key === 'api_key_id' });
  const { catalogue } = words;

  if (key === 'user_id') {
    const options = members.data?.map((member) => ({
      value: member.id,
      label: fullName(member),
      hint: fullName(member) === member.email ? undefined : member.email,
    }));
    return { options: options ?? [], loading: members.isLoading, error: members.error };
  }
  if (key === 'api_key_id') {
    const options = keys.data?.map(({ id, name, token }) => ({
      value: id,
      label: name,
      hint: token,
    }));
    return { options: options ?? [], loading: keys.isLoading, error: keys.error };
  }
  const values =
    key === 'feature'
      ? catalogue?.features.map(({ name }) => name)
      : key === 'operation'
        ? catalogue?.operations
        : catalogue?.actor_types;
  // What was counted counts, were the catalogue to be missing or to have forgotten it.
  const all = [...new Set([...(values ?? []), ...counted])];
  const options = all.map((value) => ({ value, label: words.value(key, value) }));
  return { options, loading: false, error: null };
}
