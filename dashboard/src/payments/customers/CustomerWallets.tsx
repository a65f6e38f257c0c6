import { BlockchainWallets } from '../blockchain-wallets/BlockchainWallets';
import { Wallets } from '../wallets/Wallets';
import type { Customer } from './queries';

/** The wallets that a customer brings along, and those that are kept for it. */
export function CustomerWallets(props: { instanceId: string; customer: Customer }) {
  return (
    <>
      <BlockchainWallets {...props} />
      <Wallets {...props} />
    </>
  );
}
