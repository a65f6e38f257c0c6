import type { Invoice } from '../../api/types';
import type { Tone } from '../../ui/Tag';
import { dateTitle } from '../../ui/time';

/** 23 Nov 2026. Days of billing are those of UTC, as periods are. */
export function sayDay(moment: string): string {
  return dateTitle(new Date(moment), 'utc');
}

/** 1 Oct 2026 – 31 Oct 2026 */
export function sayPeriod(of: Pick<Invoice, 'period_start' | 'period_end'>): string {
  // A period ends at the moment at which the next one begins.
  const last = new Date(new Date(of.period_end).getTime() - 1);
  return `${sayDay(of.period_start)} – ${dateTitle(last, 'utc')}`;
}

/** What is earned has an invoice of its own, beside what is owed. */
export function isToCollect({ status }: Invoice): boolean {
  return status === 'claimable' || status === 'collected';
}

/** Whether a payment or a collection was asked for whose outcome is not there yet. */
function isUnderWay(invoice: Invoice): boolean {
  return canBePaid(invoice)
    ? invoice.payment_id !== null
    : invoice.status === 'claimable' && invoice.collection_id !== null;
}

export function canBePaid({ status }: Invoice): boolean {
  return status === 'owing' || status === 'overdue';
}

export function canBeCollected(invoice: Invoice): boolean {
  return invoice.status === 'claimable' && invoice.total_to_collect > 0;
}

const STATUS: Record<Invoice['status'], { words: string; tone: Tone }> = {
  owing: { words: 'To pay', tone: 'amber' },
  overdue: { words: 'Overdue', tone: 'red' },
  paid: { words: 'Paid', tone: 'green' },
  claimable: { words: 'To collect', tone: 'accent' },
  collected: { words: 'Collected', tone: 'green' },
  expired: { words: 'Expired', tone: 'neutral' },
};

/** How an invoice stands, and how that looks. */
export function statusOf(invoice: Invoice): { words: string; tone: Tone } {
  if (invoice.status === 'claimable' && invoice.total_to_collect === 0) {
    return { words: 'Nothing to collect', tone: 'neutral' };
  }
  const { words, tone } = STATUS[invoice.status];
  if (!isUnderWay(invoice)) return { words, tone };
  return { words: isToCollect(invoice) ? 'Collecting' : `${words}, payment awaited`, tone };
}
