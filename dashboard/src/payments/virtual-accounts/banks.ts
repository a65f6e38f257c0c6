import type { Option } from '../../ui/Field';
import type { NewVirtualAccount } from './queries';

const BANKS: Record<NewVirtualAccount['banking_partner'], string> = {
  jpmorgan: 'JPMorgan Chase',
  citi: 'Citi',
  hsbc: 'HSBC',
  cfsb: 'CFSB',
  portage: 'Portage Bank',
  ssb: 'SSB Bank',
};

export const BANK_OPTIONS: readonly Option[] = Object.entries(BANKS).map(([value, label]) => ({
  value,
  label,
}));

export function bankTitle(bank: NewVirtualAccount['banking_partner']): string {
  return BANKS[bank] ?? bank;
}
