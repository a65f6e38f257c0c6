/**
 * Amounts. The API counts in minor units (cents of a currency or token) as whole numbers; people read
 * and write units with two decimals. Between the two only digits are moved, nothing is computed.
 */

const WRITTEN = /^(\d{1,12})(?:\.(\d{1,2}))?$/;

/** What an amount field takes, as the `pattern` of an input. */
export const AMOUNT_PATTERN = '[0-9]{1,12}([.][0-9]{1,2})?';

/** 1,234.56 BRL for 123456. */
export function money(minor: number, currency: string): string {
  return `${decimal(minor)} ${currency}`;
}

/** 1,234.56 for 123456. */
export function decimal(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0 ? '−' : ''}${whole}.${digits.slice(-2)}`;
}

/** 1234.56 for 123456, as a field takes it. */
export function written(minor: number): string {
  return decimal(minor).replaceAll(',', '');
}

/** 123456 for "1234.56"; null for what is no amount. */
export function minorUnits(written: string): number | null {
  const [, whole, part = ''] = WRITTEN.exec(written) ?? [];
  return whole === undefined ? null : Number(`${whole}${part.padEnd(2, '0')}`);
}

/** How much currency one token is: "5.34 BRL for 1 USDB". Quotations are times 100. */
export function quotation(value: number, currency: string, token: string): string {
  return `${money(value, currency)} for 1 ${token}`;
}

/** Token units as the API has them, with all their decimals and no exponent. */
export function units(amount: number): string {
  return amount.toLocaleString('en', { maximumFractionDigits: 20 });
}
