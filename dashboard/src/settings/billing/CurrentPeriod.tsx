import { useQuery } from '@tanstack/react-query';
import { PageSection } from '../../shell/Page';
import { dollars } from '../../ui/amounts';
import { Fact, Facts } from '../../ui/Facts';
import { Loaded } from '../../ui/Loaded';
import { invoicesQuery } from './queries';
import { sayDay, sayPeriod } from './words';

/** What the period under way comes to so far. */
export function CurrentPeriod({ instanceId }: { instanceId: string }) {
  const invoices = useQuery(invoicesQuery(instanceId));
  return (
    <PageSection
      title="This period"
      lead="So far. The invoice is issued when the period is closed."
    >
      <Loaded label="This period" query={invoices}>
        {({ current }) => (
          <Facts>
            <Fact label="Period">{sayPeriod(current)}</Fact>
            <Fact label={`Plan ${current.subscription_plan}`}>
              {dollars(current.subscription_plan_amount)}
            </Fact>
            <Fact label="Virtual accounts">
              {dollars(current.virtual_account_fees)} ({current.virtual_accounts.count} at{' '}
              {dollars(current.virtual_accounts.unit_cost)})
            </Fact>
            <Fact label="Payins">{dollars(current.payin_billing_fees)}</Fact>
            <Fact label="Payouts">{dollars(current.payout_billing_fees)}</Fact>
            {current.items.map(({ id, name, description, amount }) => (
              <Fact key={id} label={name}>
                {dollars(amount)}
                {description && ` (${description.toLowerCase()})`}
              </Fact>
            ))}
            <Fact label="To pay">
              <span>
                <strong>{dollars(current.total_to_pay)}</strong>, due on {sayDay(current.due_date)}
              </span>
            </Fact>
            <Fact label="Partner fees earned">
              <strong>{dollars(current.total_to_collect)}</strong>
            </Fact>
          </Facts>
        )}
      </Loaded>
    </PageSection>
  );
}
