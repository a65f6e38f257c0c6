import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import type { Outcome } from './DevelopmentToolsPage';
import type { ToolDialogProps } from './MintDialog';
import { createTrustline } from './queries';

export function TrustlineDialog({ instanceId, onDone, onClose }: ToolDialogProps) {
  const use = async (fields: FormData): Promise<Outcome> => {
    const address = textOf(fields, 'address') ?? '';
    return {
      title: 'The trustline, to be signed',
      words: 'The owner of the address signs this transaction (XDR) and sends it to Stellar:',
      entityId: address,
      text: await createTrustline(instanceId, address),
    };
  };
  return (
    <FormDialog
      title="Create a trustline"
      submit="Create the trustline"
      onSubmit={use}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="Address on Stellar"
        name="address"
        required
        maxLength={64}
        spellCheck={false}
        placeholder="G…"
      />
    </FormDialog>
  );
}
