/** What a bank account of each rail is paid in, and what is paid in by each payment method. */
const CURRENCIES: Record<string, string> = {
  ach: 'USD',
  wire: 'USD',
  rtp: 'USD',
  international_swift: 'USD',
  pix: 'BRL',
  pix_safe: 'BRL',
  ted: 'BRL',
  spei: 'MXN',
  spei_bitso: 'MXN',
  pse: 'COP',
  ach_cop_bitso: 'COP',
  transfers: 'ARS',
  transfers_bitso: 'ARS',
  sepa: 'EUR',
};

/** The currency of a rail or payment method. */
export function currencyOf(rail: string): string {
  return CURRENCIES[rail] ?? '';
}
