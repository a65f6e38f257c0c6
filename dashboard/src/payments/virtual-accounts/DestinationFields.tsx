import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../ui/Field';
import { plain } from '../../ui/hostile';
import { shortId } from '../../ui/words';
import { blockchainWalletsQuery } from '../blockchain-wallets/queries';
import { networkTitle, tokensOf } from '../chains';
import { useInstance } from '../use-instance';
import type { VirtualAccount } from './queries';

interface DestinationFieldsProps {
  instanceId: string;
  customerId: string;
  /** The account whose destination is changed. */
  account?: VirtualAccount;
}

/** The token that money becomes, and the wallet of the customer's own that it arrives in. */
export function DestinationFields({ instanceId, customerId, account }: DestinationFieldsProps) {
  const instance = useInstance(instanceId);
  const { data: wallets } = useQuery(blockchainWalletsQuery(instanceId, customerId));
  return (
    <>
      <SelectField
        label="Token"
        name="token"
        hint="What money that is paid in becomes."
        options={(instance ? tokensOf(instance) : []).map((value) => ({ value, label: value }))}
        defaultValue={account?.token}
      />
      <SelectField
        // What is chosen before there is a choice would be lost.
        key={wallets?.length}
        label="Blockchain wallet"
        name="blockchain_wallet_id"
        required
        hint={
          wallets?.length === 0
            ? 'This customer has none yet: add one under Wallets first.'
            : "Where it arrives: one of the customer's own."
        }
        options={(wallets ?? []).map(({ id, name, network, address }) => ({
          value: id,
          label: `${plain(name)} · ${networkTitle(network)} · ${plain(shortId(address))}`,
        }))}
        defaultValue={account?.blockchain_wallet_id}
      />
    </>
  );
}
