import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Member } from '../../api/types';

export type Role = Member['role'];

/** The roles that can be given; ownership is transferred, not given. */
export const GIVEN_ROLES: readonly Role[] = [
  'admin',
  'finance',
  'checker',
  'operations',
  'developer',
  'viewer',
];

export function invitesQuery(instanceId: string) {
  return queryOptions({
    queryKey: ['invites', instanceId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/v1/instances/{instance_id}/invites', {
          params: { path: { instance_id: instanceId } },
          signal,
        }),
      ),
  });
}

export function invite(instanceId: string, email: string, user_role: Role) {
  return unwrap(
    api.POST('/v1/instances/{instance_id}/invites', {
      params: { path: { instance_id: instanceId } },
      body: { email, user_role },
    }),
  );
}

export function withdrawInvite(instanceId: string, inviteId: string) {
  return unwrap(
    api.DELETE('/v1/instances/{instance_id}/invites/{invite_id}', {
      params: { path: { instance_id: instanceId, invite_id: inviteId } },
    }),
  );
}

/** What becomes of the API keys that a member made, who is given another role or removed. */
export type KeysFate = 'keep' | 'revoke';

export function keysOfMemberQuery(instanceId: string, userId: string) {
  return queryOptions({
    queryKey: ['api-keys', instanceId, userId],
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/v1/instances/{instance_id}/members/{user_id}/api-keys', {
          params: { path: { instance_id: instanceId, user_id: userId } },
          signal,
        }),
      ),
  });
}

export function changeRole(instanceId: string, userId: string, user_role: Role, keys: KeysFate) {
  return unwrap(
    api.PUT('/v1/instances/{instance_id}/members/{user_id}', {
      params: { path: { instance_id: instanceId, user_id: userId }, query: { api_keys: keys } },
      body: { user_role },
    }),
  );
}

export function removeMember(instanceId: string, userId: string, keys: KeysFate) {
  return unwrap(
    api.DELETE('/v1/instances/{instance_id}/members/{user_id}', {
      params: { path: { instance_id: instanceId, user_id: userId }, query: { api_keys: keys } },
    }),
  );
}
