import { said } from '../said';
import type { PayoutFilters, PayoutStatus } from './queries';

export const PAYOUT_STATUSES: readonly PayoutStatus[] = [
  'processing',
  'on_hold',
  'completed',
  'failed',
  'refunded',
];

/** What the address says: which payouts, and the account that one is to be made to. */
export interface PayoutsSearch extends PayoutFilters {
  readonly customer?: string;
  readonly bank_account?: string;
}

export function readPayoutsSearch(raw: Record<string, unknown>): PayoutsSearch {
  const { customer_name, customer, bank_account } = raw;
  const status = PAYOUT_STATUSES.find((each) => each === raw.status);
  return said({ customer_name, status, customer, bank_account });
}
