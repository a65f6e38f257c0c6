import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { useMay } from '../../identity/permissions';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { Fact, Facts } from '../../ui/Facts';
import { When } from '../../ui/When';
import { FileLink } from '../../uploads/FileLink';
import type { Customer } from '../customers/queries';
import { LogLink } from '../LogLink';
import { money } from '../money';
import { StatusTag } from '../StatusTag';
import { AskForIncreaseDialog } from './AskForIncreaseDialog';
import { documentTitle } from './documents';
import styles from './Limits.module.css';
import { type LimitIncrease, limitIncreasesQuery, limitsQuery } from './queries';

interface LimitsProps {
  instanceId: string;
  customer: Customer;
}

/** How much a customer may move, and the increases that were asked for. */
export function Limits({ instanceId, customer }: LimitsProps) {
  const increases = useQuery(limitIncreasesQuery(instanceId, customer.id));
  const mayWrite = useMay(instanceId)('CUSTOMERS', 'W');
  const queryClient = useQueryClient();
  const [asking, setAsking] = useState(false);

  return (
    <>
      <CurrentLimits instanceId={instanceId} customer={customer} />
      <PageSection
        title="Increases"
        lead="Asked for with a document that shows why."
        action={
          mayWrite && (
            <Button look="primary" onClick={() => setAsking(true)}>
              <Plus size={14} aria-hidden />
              Ask for an increase
            </Button>
          )
        }
      >
        <DataTable
          label="Limit increases"
          query={increases}
          columns={columnsOf(instanceId)}
          rowKey={({ id }) => id}
          empty={{
            icon: Gauge,
            title: 'No increases yet',
            text: 'Ask for one when the limits are too low for this customer.',
          }}
        />
      </PageSection>
      {asking && (
        <AskForIncreaseDialog
          instanceId={instanceId}
          customer={customer}
          onDone={() => {
            setAsking(false);
            for (const key of ['limit-increases', 'limits', 'customers']) {
              queryClient.invalidateQueries({ queryKey: [key, instanceId] });
            }
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function CurrentLimits({ instanceId, customer }: LimitsProps) {
  const { data } = useQuery(limitsQuery(instanceId, customer.id));
  const { per_transaction, daily, monthly } = customer.limit;
  return (
    <PageSection title="Limits" lead="In dollars, whatever the currency.">
      <Facts>
        <Fact label="In one payment" value={dollars(per_transaction)} />
        <Fact label="In a day" value={dollars(daily)} />
        <Fact label="In a month" value={dollars(monthly)} />
        {data && (
          <>
            <Fact
              label="Payouts"
              value={`${dollars(data.limits.payout.daily)} in a day, ${dollars(data.limits.payout.monthly)} in a month`}
            />
            <Fact
              label="Payins"
              value={`${dollars(data.limits.payin.daily)} in a day, ${dollars(data.limits.payin.monthly)} in a month`}
            />
          </>
        )}
      </Facts>
    </PageSection>
  );
}

function columnsOf(instanceId: string): Column<LimitIncrease>[] {
  return [
    { title: 'Status', cell: ({ status }) => <StatusTag status={status} /> },
    { title: 'Asked for', cell: (increase) => <Amounts of={increase} /> },
    {
      title: 'Approved',
      cell: (increase) => (
        <Amounts
          of={{
            per_transaction: increase.approved_per_transaction,
            daily: increase.approved_daily,
            monthly: increase.approved_monthly,
          }}
        />
      ),
    },
    {
      title: 'Document',
      cell: ({ supporting_document_type, supporting_document_file }) => (
        <FileLink url={supporting_document_file}>
          {documentTitle(supporting_document_type)}
        </FileLink>
      ),
    },
    { title: 'Asked', cell: ({ created_at }) => <When at={created_at} /> },
    {
      title: '',
      cell: ({ id }) => <LogLink instanceId={instanceId} entityId={id} of={id} />,
    },
  ];
}

function Amounts({ of }: { of: Pick<LimitIncrease, 'per_transaction' | 'daily' | 'monthly'> }) {
  const amounts = [
    [of.per_transaction, 'in one payment'],
    [of.daily, 'in a day'],
    [of.monthly, 'in a month'],
  ] as const;
  return amounts
    .filter(([amount]) => amount !== null)
    .map(([amount, words]) => (
      <div key={words} className={styles.amount}>
        {dollars(amount)} {words}
      </div>
    ));
}

function dollars(cents: number | null | undefined): string {
  return typeof cents === 'number' ? money(cents, 'USD') : '–';
}
