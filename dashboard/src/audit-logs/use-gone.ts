import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Entry } from '../api/types';
import { apiKeysQuery, membersQuery } from '../identity/queries';
import { useAuditLog } from './context';

/** Tells whether who acted has left the team since, or the key is revoked; not while that is unknown. */
export function useGone(): (entry: Entry) => boolean {
  const { instanceId } = useAuditLog();
  const { data: members } = useQuery(membersQuery(instanceId));
  const { data: keys } = useQuery(apiKeysQuery(instanceId));
  return useCallback(
    ({ user_id, api_key_id }: Entry) => {
      if (user_id !== null) return members?.every(({ id }) => id !== user_id) ?? false;
      if (api_key_id !== null) return keys?.every(({ id }) => id !== api_key_id) ?? false;
      return false;
    },
    [members, keys],
  );
}
