import { useQuery } from '@tanstack/react-query';
import { Receipt } from 'lucide-react';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { instancesQuery } from '../../identity/queries';
import { Page } from '../../shell/Page';
import { Loaded } from '../../ui/Loaded';
import { Message } from '../../ui/Message';
import { CurrentPeriod } from './CurrentPeriod';
import { Details } from './Details';
import { EarnedFees, Invoices } from './Invoices';
import { PaymentMethod } from './PaymentMethod';

/** Settings → Billing: what the instance owes, pays and collects. */
export function BillingPage({ instanceId }: { instanceId: string }) {
  const instances = useQuery(instancesQuery);
  return (
    <Page
      title="Billing"
      lead="What this instance owes for its payments, and the partner fees that it has earned."
      action={
        <ActivityLink instanceId={instanceId} of="billing" search={{ feature: ['billing'] }} />
      }
    >
      <Loaded label="Billing" query={instances}>
        {(all) =>
          all.find(({ id }) => id === instanceId)?.type === 'development' ? (
            <NotHere />
          ) : (
            <Account instanceId={instanceId} />
          )
        }
      </Loaded>
    </Page>
  );
}

/** Nothing is wrong: there is no billing here, and nothing is asked of the server. */
function NotHere() {
  return (
    <Message icon={Receipt} title="Nothing is billed here">
      <p>
        This is a development instance: no real money moves, and nothing costs anything. Production
        instances have their invoices on this page.
      </p>
    </Message>
  );
}

function Account({ instanceId }: { instanceId: string }) {
  const mayWrite = useMay(instanceId)('FEES', 'W');
  return (
    <>
      <CurrentPeriod instanceId={instanceId} />
      <Invoices instanceId={instanceId} mayWrite={mayWrite} />
      <EarnedFees instanceId={instanceId} mayWrite={mayWrite} />
      <Details instanceId={instanceId} mayWrite={mayWrite} />
      <PaymentMethod instanceId={instanceId} mayWrite={mayWrite} />
    </>
  );
}
