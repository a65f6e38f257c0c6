import type { Entry, Proof } from '../api/types';

/**
 * Checks, with nothing but the reply itself, that an entry is in the log under a checkpoint: the
 * record is hashed as docs/entry.md takes it apart, and led to the root as RFC 9162 §2.1.3.2 says.
 */
export async function inclusionProblem(entry: Entry, proof: Proof): Promise<string | null> {
  const checkpoint = readCheckpoint(proof.checkpoint);
  if (!checkpoint) return 'The checkpoint is no such text as it has to be.';
  if (checkpoint.origin !== `deedbook/${entry.instance_id}`) {
    return 'The checkpoint is of another log.';
  }
  if (checkpoint.size !== proof.size) return 'The checkpoint is of another size than the proof.';
  const leaf = await hash([0], recordBytes(entry));
  const hashes = proof.proof.map(fromBase64);
  const root = await rootFrom(leaf, proof.sequence, proof.size, hashes);
  if (!root || toBase64(root) !== checkpoint.root) {
    return 'This record is not what the checkpoint covers at this position.';
  }
  return null;
}

export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly time: string | null;
}

/** The lines of a checkpoint (c2sp.org/tlog-checkpoint) that are not its signature. */
export function readCheckpoint(note: string): Checkpoint | null {
  const [origin, size, root, ...rest] = (note.split('\n\n')[0] ?? '').split('\n');
  if (!origin || !root || !size || !/^[1-9]\d{0,15}$/.test(size)) return null;
  const time = rest.find((line) => line.startsWith('time '))?.slice('time '.length) ?? null;
  return { origin, size: Number(size), root, time };
}

const RECORD_KEYS = [
  'v',
  'id',
  'instance_id',
  'created_at',
  'actor_type',
  'user_id',
  'api_key_id',
  'role',
  'auth_method',
  'has_passkey',
  'session_id',
  'feature',
  'operation',
  'action',
  'outcome',
  'entity_type',
  'entity_id',
  'refs',
  'metadata',
  'changes',
  'effect',
  'request_id',
  'method',
  'route',
  'evidence_hash',
  'personal_hash',
] as const satisfies readonly (keyof Entry)[];

/** The bytes of an entry's record: canonical JSON, as RFC 8785 where keys are ASCII and numbers whole. */
export function recordBytes(entry: Entry): Uint8Array<ArrayBuffer> {
  const record = Object.fromEntries(RECORD_KEYS.map((key) => [key, entry[key]]));
  return new TextEncoder().encode(canonical(record));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => [
    JSON.stringify(key),
    canonical(item),
  ]);
  // Not left to the object itself, which would put keys that look like numbers first.
  members.sort(([one = ''], [other = '']) => (one < other ? -1 : 1));
  return `{${members.map((member) => member.join(':')).join(',')}}`;
}

/** RFC 9162 §2.1.3.2. Positions may lie beyond what the bits of a number hold, so they are halved. */
async function rootFrom(leaf: Bytes, index: number, size: number, proof: readonly Bytes[]) {
  if (index >= size) return null;
  let [place, last, running] = [index, size - 1, leaf];
  for (const each of proof) {
    if (last === 0) return null;
    if (place % 2 === 1 || place === last) {
      running = await hash([1], each, running);
      while (place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)];
    } else {
      running = await hash([1], running, each);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 ? running : null;
}

type Bytes = Uint8Array<ArrayBuffer>;

async function hash(prefix: number[], ...parts: Bytes[]): Promise<Bytes> {
  const bytes = new Uint8Array(await new Blob([new Uint8Array(prefix), ...parts]).arrayBuffer());
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function fromBase64(text: string): Bytes {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

function toBase64(bytes: Bytes): string {
  return btoa(String.fromCharCode(...bytes));
}
