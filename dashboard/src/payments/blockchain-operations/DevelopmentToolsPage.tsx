import { type ReactNode, useState } from 'react';
import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { CopyButton } from '../../ui/CopyButton';
import { Dialog, DialogActions } from '../../ui/Dialog';
import { Text } from '../../ui/Text';
import { LogLink } from '../LogLink';
import { useInstance } from '../use-instance';
import { DelegationDialog } from './DelegationDialog';
import styles from './DevelopmentToolsPage.module.css';
import { MintDialog } from './MintDialog';
import { TrustlineDialog } from './TrustlineDialog';

/** What a tool gave: what it did, to what, and the text that its user goes on with. */
export interface Outcome {
  readonly title: string;
  readonly words: string;
  readonly entityId: string;
  readonly text: string | null;
}

type Tool = 'mint' | 'trustline' | 'delegation';

/** What developers need beside payments; each use is an entry of the log. */
export function DevelopmentToolsPage({ instanceId }: { instanceId: string }) {
  const mayWrite = useMay(instanceId)('INTEGRATION', 'W');
  const instance = useInstance(instanceId);
  const [using, setUsing] = useState<Tool | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const dialog = {
    instanceId,
    onDone: (done: Outcome) => {
      setUsing(null);
      setOutcome(done);
    },
    onClose: () => setUsing(null),
  };
  const button = (tool: Tool, words: string) =>
    mayWrite && <Button onClick={() => setUsing(tool)}>{words}</Button>;

  return (
    <Page
      title="Development tools"
      lead="For who connects wallets to this instance. Each use is in the audit log."
    >
      {instance?.type === 'development' && (
        <ToolLine
          title="Mint USDB"
          text="Gives an address on Solana or Stellar some of the development token, which is worth nothing."
          action={button('mint', 'Mint')}
        />
      )}
      <ToolLine
        title="Open a Stellar address to the token"
        text="An address on Stellar takes a token only once it has a trustline to it. This makes the transaction; the address's owner signs it."
        action={button('trustline', 'Create a trustline')}
      />
      <ToolLine
        title="Let an amount be taken on Solana"
        text="A payout from Solana takes its tokens by delegation. This makes the transaction for a quote or an amount; the tokens' owner signs it."
        action={button('delegation', 'Prepare a delegation')}
      />
      {using === 'mint' && <MintDialog {...dialog} />}
      {using === 'trustline' && <TrustlineDialog {...dialog} />}
      {using === 'delegation' && <DelegationDialog {...dialog} />}
      {outcome && (
        <Dialog title={outcome.title} onClose={() => setOutcome(null)}>
          <p>{outcome.words}</p>
          {outcome.text && (
            <p>
              <Text value={outcome.text} className="mono" />
            </p>
          )}
          <LogLink instanceId={instanceId} entityId={outcome.entityId} of={outcome.entityId} />
          <DialogActions>
            {outcome.text && <CopyButton label="Copy it" text={() => outcome.text ?? ''} />}
            <Button look="primary" onClick={() => setOutcome(null)}>
              Done
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </Page>
  );
}

function ToolLine({ title, text, action }: { title: string; text: string; action: ReactNode }) {
  return (
    <section className={styles.tool}>
      <h2>{title}</h2>
      <p>{text}</p>
      <div>{action}</div>
    </section>
  );
}
