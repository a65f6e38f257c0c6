import type { Catalogue, Entry } from '../api/types';

/** An entry as the API gives it; a test says only what it is about. */
export function anEntry(differing: Partial<Entry> = {}): Entry {
  return {
    v: 1,
    id: 'al_0Zk000000001',
    instance_id: 'in_000000000001',
    created_at: '2026-11-23T04:00:00.123Z',
    actor_type: 'user',
    user_id: 'us_Ana000000001',
    api_key_id: null,
    role: 'admin',
    auth_method: 'code_session',
    has_passkey: false,
    session_id: '5e55',
    feature: 'customer',
    operation: 'create',
    action: 'customer.created',
    outcome: 'success',
    entity_type: 'customer',
    entity_id: 're_000000000001',
    refs: [{ type: 'terms_of_service', id: 'to_000000000001' }],
    metadata: { type: 'individual', limits: { daily: 100 } },
    changes: {},
    effect: null,
    request_id: '0123456789abcdef0123456789abcdef',
    method: 'POST',
    route: '/v1/instances/{instance_id}/customers',
    evidence_hash: null,
    personal_hash: 'abcd',
    actor: {
      id: 'us_Ana000000001',
      name: 'Ana Souza',
      email: 'ana@example.com',
      image_url: null,
      key_prefix: null,
      created_by: null,
    },
    entity_label: 'Maria Lima',
    ip_address: '200.160.0.8',
    peer_ip: '10.0.0.1',
    forwarded_for: '200.160.0.8',
    country: 'BR',
    country_source: 'iptocc 2026-10-01',
    user_agent: 'python-requests/2.32.3',
    personal: { metadata: { name: 'Maria Lima' }, changes: {} },
    sequence: null,
    personal_state: 'present',
    ...differing,
  };
}

/** What is left of one when its personal part was erased. */
export function anErasedEntry(differing: Partial<Entry> = {}): Entry {
  return anEntry({
    actor: {
      id: null,
      name: null,
      email: null,
      image_url: null,
      key_prefix: null,
      created_by: null,
    },
    entity_label: null,
    ip_address: null,
    country: null,
    country_source: null,
    user_agent: null,
    personal: { metadata: {}, changes: {} },
    personal_state: 'erased',
    ...differing,
  });
}

export const CATALOGUE: Catalogue = {
  features: [
    { name: 'customer', title: 'Customers' },
    { name: 'payout', title: 'Payouts' },
    { name: 'bank_account', title: 'Bank accounts' },
  ],
  operations: ['create', 'update', 'delete'],
  actor_types: ['user', 'api_key', 'system'],
  outcomes: ['success', 'denied'],
  data: [
    {
      action: 'customer.created',
      feature: 'customer',
      operations: ['create'],
      entity_type: 'customer',
      title: 'Customer created',
      sentence: 'created customer {label}',
      metadata: [],
      refs: [],
    },
  ],
};
