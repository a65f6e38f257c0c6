import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCw, Send } from 'lucide-react';
import { useState } from 'react';
import type { WebhookDelivery } from '../../api/types';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { type Column, DataTable } from '../../ui/DataTable';
import { FormDialog } from '../../ui/FormDialog';
import { LoadMore } from '../../ui/LoadMore';
import { Tag, type Tone } from '../../ui/Tag';
import { Text } from '../../ui/Text';
import { When } from '../../ui/When';
import { deliveriesQuery, sendAgain } from './queries';
import styles from './webhooks.module.css';

interface DeliveriesProps {
  instanceId: string;
  endpointId: string;
  mayWrite: boolean;
}

const STATUS: Record<WebhookDelivery['status'], { words: string; tone: Tone }> = {
  pending: { words: 'On its way', tone: 'amber' },
  delivered: { words: 'Delivered', tone: 'green' },
  failed: { words: 'Failed', tone: 'red' },
};

/** What was sent to an endpoint, how often it was tried, and what came back. */
export function Deliveries({ instanceId, endpointId, mayWrite }: DeliveriesProps) {
  const list = useInfiniteQuery(deliveriesQuery(instanceId, endpointId));
  const queryClient = useQueryClient();
  const [sending, setSending] = useState<WebhookDelivery | null>(null);

  const columns: Column<WebhookDelivery>[] = [
    {
      title: 'Event',
      cell: ({ event_type, event_id }) => (
        <>
          <code>{event_type}</code> <Text value={event_id} className={`mono ${styles.eventId}`} />
        </>
      ),
    },
    { title: 'Happened', cell: ({ created_at }) => <When at={created_at} /> },
    {
      title: 'Status',
      cell: ({ status }) => <Tag tone={STATUS[status].tone}>{STATUS[status].words}</Tag>,
    },
    { title: 'Attempts', numeric: true, cell: ({ attempts }) => attempts },
    { title: 'Last answer', cell: (delivery) => <LastAnswer of={delivery} /> },
    {
      title: 'Next attempt',
      cell: ({ status, next_attempt_at }) =>
        status === 'pending' ? <When at={next_attempt_at} /> : 'None',
    },
  ];
  if (mayWrite) {
    columns.push({
      title: '',
      cell: (delivery) => (
        <Button look="quiet" onClick={() => setSending(delivery)}>
          Send again<span className="sr-only"> {delivery.event_id}</span>
        </Button>
      ),
    });
  }

  return (
    <PageSection
      title="Deliveries"
      lead="Of the last month. What was not taken is tried again for about a day."
      action={
        <Button disabled={list.isFetching} onClick={() => list.refetch()}>
          <RotateCw size={14} aria-hidden />
          Refresh<span className="sr-only"> the deliveries</span>
        </Button>
      }
    >
      <DataTable
        label="Deliveries"
        query={list}
        columns={columns}
        rowKey={({ id }) => id}
        empty={{
          icon: Send,
          title: 'Nothing was sent yet',
          text: 'The next event that this endpoint is told of will be listed here.',
        }}
      />
      <LoadMore list={list} words="Show older deliveries" />
      {sending && (
        <FormDialog
          title="Send this message again?"
          submit="Send it again"
          logged={false}
          onSubmit={() => sendAgain(instanceId, sending)}
          onDone={() => {
            setSending(null);
            queryClient.invalidateQueries({
              queryKey: deliveriesQuery(instanceId, endpointId).queryKey,
            });
          }}
          onClose={() => setSending(null)}
        >
          <p>At once, and with the same id, by which your server can tell that it knows it.</p>
        </FormDialog>
      )}
    </PageSection>
  );
}

function LastAnswer({ of: { response_status, error, last_attempt_at } }: { of: WebhookDelivery }) {
  if (!last_attempt_at) return 'Not tried yet';
  return (
    <>
      {response_status !== null && <>Status {response_status}, </>}
      <When at={last_attempt_at} />
      {error && (
        <span className={styles.error}>
          <Text value={error} />
        </span>
      )}
    </>
  );
}
