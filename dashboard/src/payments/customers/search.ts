import { said } from '../said';
import type { CustomerFilters, KycStatus } from './queries';

export const KYC_STATUSES: readonly KycStatus[] = [
  'verifying',
  'approved',
  'rejected',
  'deprecated',
  'pending_review',
  'awaiting_contract',
  'compliance_request',
  'approved_rfi',
];

/** What the address says: which customers, and the terms that a new one has just accepted. */
export interface CustomersSearch extends CustomerFilters {
  readonly tos_id?: string;
}

export function readCustomersSearch(raw: Record<string, unknown>): CustomersSearch {
  const { full_name, tos_id } = raw;
  const status = KYC_STATUSES.find((each) => each === raw.status);
  return said({ full_name, status, tos_id });
}
