import { useQuery, useQueryClient } from '@tanstack/react-query';
import { HandCoins, Receipt } from 'lucide-react';
import { useState } from 'react';
import type { Invoice } from '../../api/types';
import { PageSection } from '../../shell/Page';
import { dollars } from '../../ui/amounts';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { OutLink } from '../../ui/OutLink';
import { Tag } from '../../ui/Tag';
import styles from './billing.module.css';
import { CollectDialog } from './CollectDialog';
import { PayDialog } from './PayDialog';
import { invoicesQuery } from './queries';
import { canBeCollected, canBePaid, isToCollect, sayDay, sayPeriod, statusOf } from './words';

interface InvoicesProps {
  instanceId: string;
  mayWrite: boolean;
}

/** What is owed, and what was. */
export function Invoices({ instanceId, mayWrite }: InvoicesProps) {
  const invoices = useQuery({
    ...invoicesQuery(instanceId),
    select: (all) => all.invoices.filter((invoice) => !isToCollect(invoice)),
  });
  const reload = useReload(instanceId);
  const [paying, setPaying] = useState<Invoice | null>(null);
  const columns = [
    ...columnsFor('To pay', ({ total_to_pay }) => total_to_pay),
    {
      title: 'Due',
      cell: ({ due_date }: Invoice) => (due_date ? sayDay(due_date) : '–'),
    },
  ];
  if (mayWrite) columns.push(actColumn('Pay', canBePaid, setPaying));

  return (
    <PageSection title="Invoices">
      <DataTable
        label="Invoices"
        query={invoices}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Receipt,
          title: 'No invoices yet',
          text: 'The first one comes when the first period is closed.',
        }}
      />
      {paying && (
        <PayDialog
          instanceId={instanceId}
          invoice={paying}
          onPaid={reload}
          onClose={() => setPaying(null)}
        />
      )}
    </PageSection>
  );
}

/** What the partner fees of a period came to, and whether it was collected. */
export function EarnedFees({ instanceId, mayWrite }: InvoicesProps) {
  const invoices = useQuery({
    ...invoicesQuery(instanceId),
    select: (all) => all.invoices.filter(isToCollect),
  });
  const reload = useReload(instanceId);
  const [collecting, setCollecting] = useState<Invoice | null>(null);
  const columns = columnsFor('To collect', ({ total_to_collect }) => total_to_collect);
  if (mayWrite) columns.push(actColumn('Collect', canBeCollected, setCollecting));

  return (
    <PageSection
      title="Partner fees earned"
      lead="What your own fees came to. It is sent to a wallet."
    >
      <DataTable
        label="Partner fees earned"
        query={invoices}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: HandCoins,
          title: 'Nothing to collect yet',
          text: 'What your partner fees earn can be collected when the period is closed.',
        }}
      />
      {collecting && (
        <CollectDialog
          instanceId={instanceId}
          invoice={collecting}
          onDone={() => {
            setCollecting(null);
            reload();
          }}
          onClose={() => setCollecting(null)}
        />
      )}
    </PageSection>
  );
}

function useReload(instanceId: string) {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: invoicesQuery(instanceId).queryKey });
}

function columnsFor(amount: string, of: (invoice: Invoice) => number): Column<Invoice>[] {
  return [
    {
      title: 'Invoice',
      cell: ({ reference, url }) => (
        <span className={styles.whole}>
          <OutLink href={url}>{reference}</OutLink>
        </span>
      ),
    },
    {
      title: 'Period',
      cell: (invoice) => <span className={styles.whole}>{sayPeriod(invoice)}</span>,
    },
    { title: amount, numeric: true, cell: (invoice) => dollars(of(invoice)) },
    {
      title: 'Status',
      cell: (invoice) => {
        const { words, tone } = statusOf(invoice);
        return <Tag tone={tone}>{words}</Tag>;
      },
    },
  ];
}

function actColumn(
  words: string,
  can: (invoice: Invoice) => boolean,
  onAct: (invoice: Invoice) => void,
): Column<Invoice> {
  return {
    title: '',
    cell: (invoice) =>
      can(invoice) && (
        <Button look="quiet" onClick={() => onAct(invoice)}>
          {words}
          <span className="sr-only"> {invoice.reference}</span>
        </Button>
      ),
  };
}
