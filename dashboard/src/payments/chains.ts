import type { Instance, Schemas } from '../api/types';
import type { Option } from '../ui/Field';

export type Network = Schemas['WalletIn']['network'];
export type Token = Schemas['CreateVirtualAccountIn']['token'];

const TITLES: Record<Network, string> = {
  ethereum: 'Ethereum',
  base: 'Base',
  arbitrum: 'Arbitrum',
  polygon: 'Polygon',
  solana: 'Solana',
  stellar: 'Stellar',
  tron: 'Tron',
  sepolia: 'Sepolia',
  base_sepolia: 'Base Sepolia',
  arbitrum_sepolia: 'Arbitrum Sepolia',
  polygon_amoy: 'Polygon Amoy',
  solana_devnet: 'Solana devnet',
  stellar_testnet: 'Stellar testnet',
};

const TESTNETS: readonly Network[] = [
  'sepolia',
  'base_sepolia',
  'arbitrum_sepolia',
  'polygon_amoy',
  'solana_devnet',
  'stellar_testnet',
];

export function networkTitle(network: Network): string {
  return TITLES[network] ?? network;
}

/** The networks that an instance uses: testnets in development, mainnets in production. */
export function networksOf(instance: Pick<Instance, 'type'>): readonly Network[] {
  const inProduction = instance.type === 'production';
  return (Object.keys(TITLES) as Network[]).filter(
    (network) => TESTNETS.includes(network) !== inProduction,
  );
}

export function networkOptions(networks: readonly Network[]): readonly Option[] {
  return networks.map((network) => ({ value: network, label: networkTitle(network) }));
}

/** The tokens that an instance uses. */
export function tokensOf(instance: Pick<Instance, 'type'>): readonly Token[] {
  return instance.type === 'production' ? ['USDC', 'USDT'] : ['USDB'];
}

/** The sort of chain that a network belongs to; payouts of each have a path of their own. */
export function familyOf(network: Network): 'evm' | 'solana' | 'stellar' | 'tron' {
  const name = network.split('_')[0];
  return name === 'solana' || name === 'stellar' || name === 'tron' ? name : 'evm';
}

// Between these chains USDC can be burnt on one and minted on the other; no other token can.
const BRIDGED: readonly Network[] = ['ethereum', 'base', 'arbitrum', 'polygon', 'solana'];

/** Where a token can be sent from a network: its own first. */
export function reachable(network: Network, token: Token): readonly Network[] {
  if (token !== 'USDC' || !BRIDGED.includes(network)) return [network];
  return [network, ...BRIDGED.filter((other) => other !== network)];
}
