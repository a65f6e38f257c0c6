import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CopyButton } from '../../ui/CopyButton';
import { SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { familyOf, type Network, networkOptions, networksOf } from '../chains';
import { useInstance } from '../use-instance';
import { addBlockchainWallet, signMessageQuery } from './queries';

interface AddBlockchainWalletDialogProps {
  instanceId: string;
  customerId: string;
  onClose: () => void;
}

const WAYS = [
  { value: 'address', label: 'Its address, as of a smart account' },
  { value: 'signature', label: 'A message that it signs' },
];

/** A wallet that the customer brings along, known by its address or by what it signed. */
export function AddBlockchainWalletDialog(props: AddBlockchainWalletDialogProps) {
  const { instanceId, customerId, onClose } = props;
  const queryClient = useQueryClient();
  const instance = useInstance(instanceId);
  const networks = instance ? networksOf(instance) : [];
  const [chosen, setChosen] = useState<Network>();
  const [way, setWay] = useState('address');
  const network = chosen ?? networks[0];
  // Elsewhere no address can be read off a signature.
  const maySign = network !== undefined && familyOf(network) === 'evm';
  const signs = maySign && way === 'signature';

  return (
    <FormDialog
      title="Add a blockchain wallet"
      submit="Add the wallet"
      onSubmit={(fields) =>
        addBlockchainWallet(instanceId, customerId, {
          name: textOf(fields, 'name') ?? '',
          network: fields.get('network') as Network,
          is_account_abstraction: !signs,
          address: textOf(fields, 'address') ?? null,
          signature_tx_hash: textOf(fields, 'signature_tx_hash') ?? null,
        })
      }
      onDone={() => {
        onClose();
        queryClient.invalidateQueries({ queryKey: ['blockchain-wallets', instanceId] });
      }}
      onClose={onClose}
    >
      <TextField label="Name" name="name" required maxLength={255} placeholder="Main wallet" />
      <SelectField
        label="Network"
        name="network"
        options={networkOptions(networks)}
        value={network ?? ''}
        onChange={(event) => setChosen(event.target.value as Network)}
      />
      {maySign && (
        <SelectField
          label="Known by"
          options={WAYS}
          value={way}
          onChange={(event) => setWay(event.target.value)}
        />
      )}
      {signs ? (
        <Signature instanceId={instanceId} customerId={customerId} />
      ) : (
        <TextField label="Address" name="address" required maxLength={64} spellCheck={false} />
      )}
    </FormDialog>
  );
}

function Signature({ instanceId, customerId }: { instanceId: string; customerId: string }) {
  const { data } = useQuery(signMessageQuery(instanceId, customerId));
  return (
    <>
      {data && (
        <div>
          <p>The owner of the wallet signs this message with it:</p>
          <p>
            <code>{data.message}</code>
          </p>
          <CopyButton label="Copy the message" text={() => data.message} />
        </div>
      )}
      <TextField label="Signature" name="signature_tx_hash" required spellCheck={false} />
    </>
  );
}
