import { said } from '../said';

/** What the address says: the wallet that a transfer is to be made from. */
export interface TransfersSearch {
  readonly customer?: string;
  readonly wallet?: string;
}

export function readTransfersSearch({
  customer,
  wallet,
}: Record<string, unknown>): TransfersSearch {
  return said({ customer, wallet });
}
