import type { Option } from '../../ui/Field';
import type { FieldSpec } from '../fields';
import type { PaymentMethod } from './queries';

const TITLES: Record<PaymentMethod, string> = {
  pix: 'Pix',
  ted: 'TED',
  ach: 'ACH',
  wire: 'Domestic wire',
  rtp: 'Real-time payments (RTP)',
  international_swift: 'International SWIFT',
  spei: 'SPEI',
  transfers: 'Transfers 3.0',
  pse: 'PSE',
};

export const METHOD_OPTIONS: readonly Option[] = Object.entries(TITLES).map(([value, label]) => ({
  value,
  label,
}));

export function methodTitle(method: PaymentMethod): string {
  return TITLES[method] ?? method;
}

/** What has to be known of the payer, by the names of the API's `payer_rules`. */
export function payerFields(method: PaymentMethod): readonly FieldSpec[] {
  switch (method) {
    case 'transfers':
      return [{ name: 'transfers_allowed_tax_id', label: "The payer's tax id", required: true }];
    case 'pse':
      return [
        { name: 'pse_full_name', label: "The payer's full name" },
        {
          name: 'pse_document_type',
          label: "Type of the payer's document",
          kind: 'choice',
          options: [
            { value: 'CC', label: "Citizen's card (CC)" },
            { value: 'NIT', label: 'Tax number (NIT)' },
          ],
        },
        { name: 'pse_document_number', label: 'Number of the document', required: true },
        { name: 'pse_email', label: "The payer's e-mail address", kind: 'email' },
        {
          name: 'pse_phone',
          label: "The payer's telephone number",
          regex: '^\\+573\\d{9}$',
          hint: 'Such as +573001234567.',
        },
        { name: 'pse_bank_code', label: "Code of the payer's bank" },
      ];
    default:
      return [];
  }
}
