import type { Option } from '../../ui/Field';
import { humanise } from '../../ui/words';

const OF_PERSONS = [
  'bank_statement',
  'tax_return',
  'proof_of_income',
  'pay_stub',
  'employment_letter',
  'investment_statement',
  'crypto_exchange_statement',
  'blockchain_wallet_statement',
];

const OF_BUSINESSES = [
  'bank_statement',
  'financial_statements',
  'tax_return',
  'contract',
  'accounts_receivable',
  'merchant_processor_statement',
  'shareholder_loan',
];

/** The documents with which a person, or a business, shows that it moves so much. */
export function documentOptions(type: 'individual' | 'business'): readonly Option[] {
  return (type === 'business' ? OF_BUSINESSES : OF_PERSONS).map((name) => ({
    value: `${type}_${name}`,
    label: humanise(name),
  }));
}

/** What a document is called; whose it is, its customer says already. */
export function documentTitle(value: string): string {
  return humanise(value.replace(/^(individual|business)_/, ''));
}
