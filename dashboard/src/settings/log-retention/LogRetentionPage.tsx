import { useMay } from '../../identity/permissions';
import { Page } from '../../shell/Page';
import { Erasures } from './Erasures';
import { Holds } from './Holds';
import { Retention } from './Retention';

/** Settings → Retention and erasure: what the log forgets, by whose decision, and what it holds back. */
export function LogRetentionPage({ instanceId }: { instanceId: string }) {
  const may = useMay(instanceId);
  const mayDecide = may('FORGETTING', 'W');
  return (
    <Page
      title="Retention and erasure"
      lead="What the log forgets is decided here, and every decision is an entry. What stays can still be proved."
    >
      <Retention instanceId={instanceId} mayChange={may('OWNERSHIP', 'W')} />
      <Erasures instanceId={instanceId} mayDecide={mayDecide} />
      <Holds instanceId={instanceId} mayDecide={mayDecide} />
    </Page>
  );
}
