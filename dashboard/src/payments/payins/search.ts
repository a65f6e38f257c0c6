import { said } from '../said';
import type { PayinFilters, PayinStatus } from './queries';

export const PAYIN_STATUSES: readonly PayinStatus[] = [
  'processing',
  'on_hold',
  'completed',
  'failed',
  'refunded',
];

export function readPayinsSearch(raw: Record<string, unknown>): PayinFilters {
  const status = PAYIN_STATUSES.find((each) => each === raw.status);
  return said({ customer_name: raw.customer_name, status });
}
