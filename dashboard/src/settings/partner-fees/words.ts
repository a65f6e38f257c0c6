import { dollars, percent } from '../../ui/amounts';

/** "1.5% + $0.50": what a fee adds to a payment, of basis points and cents. */
export function sayFee(basisPoints: number, cents: number): string {
  const parts = [
    ...(basisPoints > 0 ? [percent(basisPoints)] : []),
    ...(cents > 0 ? [dollars(cents)] : []),
  ];
  return parts.join(' + ') || 'Nothing';
}
