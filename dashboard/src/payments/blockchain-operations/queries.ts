import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { Schemas } from '../../api/types';

type Mint = Schemas['MintOnSolanaIn'];
type Delegation = Schemas['DelegationIn'];

const INSTANCE = '/v1/instances/{instance_id}';

export type MintNetwork = 'solana' | 'stellar';

/** Gives an address units of the development token; amounts are decimal texts. */
export async function mint(instanceId: string, network: MintNetwork, body: Mint) {
  const options = { params: pathOf(instanceId), body };
  if (network === 'stellar') {
    await unwrap(api.POST(`${INSTANCE}/mint-usdb-stellar`, options));
    return null;
  }
  const { signature } = await unwrap(api.POST(`${INSTANCE}/mint-usdb-solana`, options));
  return signature;
}

/** The transaction with which an address opens itself to the token, for its owner to sign. */
export async function createTrustline(instanceId: string, address: string) {
  const { xdr } = await unwrap(
    api.POST(`${INSTANCE}/create-asset-trustline`, {
      params: pathOf(instanceId),
      body: { address },
    }),
  );
  return xdr;
}

/** The transaction with which an owner lets an amount be taken, for the owner to sign. */
export async function prepareDelegation(instanceId: string, body: Delegation) {
  const { transaction } = await unwrap(
    api.POST(`${INSTANCE}/prepare-delegate-solana`, { params: pathOf(instanceId), body }),
  );
  return transaction;
}

function pathOf(instanceId: string) {
  return { path: { instance_id: instanceId } };
}
