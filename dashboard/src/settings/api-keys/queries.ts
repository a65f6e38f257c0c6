import { api } from '../../api/client';
import { unwrap } from '../../api/problem';

const KEYS = '/v1/instances/{instance_id}/api-keys';

export interface NewKey {
  readonly name: string;
  readonly ip_whitelist: string[];
}

/** Makes a key. Its token is in the answer, and is never shown again. */
export function createKey(instanceId: string, { name, ip_whitelist }: NewKey) {
  return unwrap(
    api.POST(KEYS, {
      params: { path: { instance_id: instanceId } },
      body: { name, permission: 'full_access', ip_whitelist },
    }),
  );
}

export function revokeKey(instanceId: string, keyId: string) {
  return unwrap(
    api.DELETE(`${KEYS}/{api_key_id}`, {
      params: { path: { instance_id: instanceId, api_key_id: keyId } },
    }),
  );
}
