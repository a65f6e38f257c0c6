import { describe, expect, it } from 'vitest';
import type { Entry, Proof } from '../api/types';
import { anEntry } from '../test/entries';
// Made by the engine itself (canonical.encode, merkle.inclusion_proof).
import { proofs, record } from '../test/proofs.json';
import { inclusionProblem, readCheckpoint } from './proof';

const ENTRY = anEntry(record as Partial<Entry>);
const PROOF = proofs[3] as Proof;

describe('a proof', () => {
  it.each(proofs.map((proof) => [proof.sequence, proof.size, proof]))(
    'of the entry at %i of %i holds',
    async (_sequence, _size, proof) => {
      expect(await inclusionProblem(ENTRY, proof as Proof)).toBeNull();
    },
  );

  it('has nothing to do with what is not in the record', async () => {
    const erased = { ...ENTRY, entity_label: null, sequence: 5, personal_state: 'erased' };
    expect(await inclusionProblem(erased, PROOF)).toBeNull();
  });

  it.each([
    ['another record', { entry: { ...ENTRY, outcome: 'denied' as const } }],
    ['another position', { proof: { ...PROOF, sequence: 3 } }],
    ['a position beyond the log', { proof: { ...PROOF, sequence: 7 } }],
    ['half a proof', { proof: { ...PROOF, proof: PROOF.proof.slice(1) } }],
    ['more than a proof', { proof: { ...PROOF, proof: [...PROOF.proof, PROOF.leaf_hash] } }],
    ['another size', { proof: { ...PROOF, size: 8 } }],
    ['another log', { entry: { ...ENTRY, instance_id: 'in_000000000002' } }],
    [
      'another root',
      { proof: { ...PROOF, checkpoint: PROOF.checkpoint.replace(/\n[\w+/]{4}/, '\nAAAA') } },
    ],
    ['no checkpoint', { proof: { ...PROOF, checkpoint: 'deedbook' } }],
  ])(
    'does not hold for %s',
    async (_what, { entry = ENTRY, proof = PROOF }: { entry?: Entry; proof?: Proof }) => {
      expect(await inclusionProblem(entry, proof)).not.toBeNull();
    },
  );
});

it('reads a checkpoint with its time', () => {
  expect(readCheckpoint(PROOF.checkpoint)).toMatchObject({
    origin: 'deedbook/in_000000000001',
    size: 7,
    time: '2026-11-24T09:43:06.060Z',
  });
});
