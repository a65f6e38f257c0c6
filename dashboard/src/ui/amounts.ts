const DOLLARS = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD' });
const PERCENT = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 2 });

/** $1,234.50, of cents of a US dollar. */
export function dollars(cents: number): string {
  return DOLLARS.format(cents / 100);
}

/** 1.5%, of basis points. */
export function percent(basisPoints: number): string {
  return PERCENT.format(basisPoints / 10_000);
}

/** Dollars as typed to cents, a percentage as typed to basis points. */
export function toHundredths(typed: string | undefined): number {
  return Math.round(Number(typed ?? 0) * 100);
}
