import type { Option } from '../../ui/Field';
import { humanise } from '../../ui/words';
import type { FieldSpec } from '../fields';

export interface FieldSection {
  readonly title: string;
  readonly fields: readonly FieldSpec[];
}

export interface CustomerKind {
  readonly type: 'individual' | 'business';
  readonly kyc_type: 'light' | 'standard' | 'enhanced';
}

const ADDRESS: readonly FieldSpec[] = [
  { name: 'address_line_1', label: 'Street and number' },
  { name: 'address_line_2', label: 'Flat, floor or suite' },
  { name: 'city', label: 'City' },
  { name: 'state_province_region', label: 'State or region' },
  { name: 'postal_code', label: 'Postal code' },
];

const IDENTITY: readonly FieldSpec[] = [
  choice('id_doc_type', 'Identity document', [
    { value: 'PASSPORT', label: 'Passport' },
    { value: 'ID_CARD', label: 'Identity card' },
    { value: 'DRIVERS', label: "Driver's licence" },
  ]),
  { name: 'id_doc_country', label: 'Country of the document', kind: 'country' },
  { name: 'id_doc_front_file', label: 'Front of the document', kind: 'file' },
  { name: 'id_doc_back_file', label: 'Back of the document', kind: 'file' },
];

const PERSON: readonly FieldSpec[] = [
  { name: 'first_name', label: 'First name' },
  { name: 'last_name', label: 'Last name' },
  { name: 'date_of_birth', label: 'Date of birth', kind: 'date' },
  { name: 'tax_id', label: 'Tax id' },
  {
    name: 'phone_number',
    label: 'Telephone number',
    hint: 'With the country code, such as +5511987654321.',
  },
  { name: 'occupation', label: 'Occupation' },
  { name: 'ip_address', label: "The customer's IP address" },
];

const FUNDS: readonly FieldSpec[] = [
  choice('source_of_funds_doc_type', 'Source of funds', [
    ...words('business_income gambling_proceeds gifts government_benefits inheritance'),
    ...words('investment_loans pension_retirement salary sale_of_assets_real_estate savings'),
    ...words('esops investment_proceeds someone_else_funds'),
  ]),
  { name: 'source_of_funds_doc_file', label: 'Document of the source of funds', kind: 'file' },
  choice('purpose_of_transactions', 'Purpose of the transactions', [
    ...words('business_transactions charitable_donations investment_purposes'),
    ...words('payments_to_friends_or_family_abroad personal_or_living_expenses protect_wealth'),
    ...words('purchase_good_and_services receive_payment_for_freelancing receive_salary other'),
  ]),
  { name: 'purpose_of_transactions_explanation', label: 'The purpose in their own words' },
];

const BUSINESS: readonly FieldSpec[] = [
  { name: 'legal_name', label: 'Legal name' },
  { name: 'alternate_name', label: 'Trading name' },
  { name: 'formation_date', label: 'Date of formation', kind: 'date' },
  { name: 'tax_id', label: 'Tax id' },
  { name: 'website', label: 'Website', hint: 'With https:// before it.' },
];

const BUSINESS_DOCUMENTS: readonly FieldSpec[] = [
  { name: 'incorporation_doc_file', label: 'Document of incorporation', kind: 'file' },
  { name: 'proof_of_ownership_doc_file', label: 'Proof of ownership', kind: 'file' },
];

/** What a virtual account of a business asks for. */
const PROFILE: readonly FieldSpec[] = [
  choice('account_purpose', 'Purpose of the account', [
    ...words('charitable_donations ecommerce_retail_payments investment_purposes'),
    ...words('business_expenses protect_wealth purchase_goods_and_services payroll'),
    ...words('receive_payments_for_goods_and_services tax_optimization treasury_management'),
    ...words('third_party_money_transmission'),
  ]),
  choice(
    'business_type',
    'Form of the business',
    words('corporation llc partnership sole_proprietorship trust non_profit'),
  ),
  { name: 'business_description', label: 'What the business does' },
  { name: 'business_industry', label: 'Industry', kind: 'industry' },
  choice('estimated_annual_revenue', 'Revenue in a year, in dollars', [
    { value: '0_99999', label: 'Less than 100,000' },
    { value: '100000_999999', label: '100,000 to 999,999' },
    { value: '1000000_9999999', label: '1,000,000 to 9,999,999' },
    { value: '10000000_49999999', label: '10,000,000 to 49,999,999' },
    { value: '50000000_249999999', label: '50,000,000 to 249,999,999' },
    { value: '250000000_plus', label: '250,000,000 and more' },
  ]),
  choice('source_of_wealth', 'Source of wealth', [
    ...words('business_dividends_or_profits investments asset_sales gambling inheritance'),
    ...words('client_investor_contributions charitable_contributions'),
    ...words('affiliate_or_royalty_income'),
  ]),
  { name: 'publicly_traded', label: 'Publicly traded', kind: 'yes-no' },
];

/** An owner of a business; each name stands after the owner's place. */
export const OWNER: readonly FieldSpec[] = [
  choice('role', 'Role', words('beneficial_owner controlling_person beneficial_controlling'), true),
  { name: 'first_name', label: 'First name', required: true },
  { name: 'last_name', label: 'Last name', required: true },
  { name: 'date_of_birth', label: 'Date of birth', kind: 'date', required: true },
  { name: 'tax_id', label: 'Tax id', required: true },
  choice('tax_type', 'Sort of tax id, of owners in the United States', [
    { value: 'SSN', label: 'SSN' },
    { value: 'ITIN', label: 'ITIN' },
  ]),
  ...ADDRESS.map((field) => ({ ...field, required: field.name !== 'address_line_2' })),
  { name: 'country', label: 'Country', kind: 'country', required: true },
  ...IDENTITY.map((field) => ({ ...field, required: field.name !== 'id_doc_back_file' })),
];

// What verification asks for on production. Light asks for nothing more.
const NEEDED_OF_ALL = ['tax_id', 'address_line_1', 'city', 'state_province_region', 'postal_code'];
const NEEDED_OF_A_PERSON = [
  ...NEEDED_OF_ALL,
  ...['first_name', 'last_name', 'date_of_birth', 'phone_number', 'ip_address'],
  ...['id_doc_country', 'id_doc_type', 'id_doc_front_file', 'selfie_file'],
];
const NEEDED_OF_A_BUSINESS = [
  ...NEEDED_OF_ALL,
  ...['legal_name', 'formation_date', 'incorporation_doc_file', 'proof_of_ownership_doc_file'],
];

/** The fields of a customer of this kind; verification on production needs more of them. */
export function sectionsOf(kind: CustomerKind, inProduction: boolean): readonly FieldSection[] {
  const needed = inProduction ? neededOf(kind) : namesOf(kind);
  return (kind.type === 'business' ? businessSections() : personSections(kind)).map(
    ({ title, fields }) => ({
      title,
      fields: fields.map((field) => ({ ...field, required: needed.includes(field.name) })),
    }),
  );
}

function personSections({ kyc_type }: CustomerKind): FieldSection[] {
  return [
    { title: 'Person', fields: PERSON },
    { title: 'Address', fields: ADDRESS },
    {
      title: 'Identity',
      fields: [...IDENTITY, { name: 'selfie_file', label: 'Picture of the person', kind: 'file' }],
    },
    ...(kyc_type === 'enhanced' ? [{ title: 'Funds', fields: FUNDS }] : []),
  ];
}

function businessSections(): FieldSection[] {
  return [
    { title: 'Business', fields: BUSINESS },
    { title: 'Address', fields: ADDRESS },
    { title: 'Documents', fields: BUSINESS_DOCUMENTS },
    { title: 'Profile, for virtual accounts', fields: PROFILE },
  ];
}

/** Without a name nobody can be told from another, whatever the server would take. */
function namesOf({ type }: CustomerKind): readonly string[] {
  return type === 'business' ? ['legal_name'] : ['first_name', 'last_name'];
}

function neededOf(kind: CustomerKind): readonly string[] {
  if (kind.kyc_type === 'light') return namesOf(kind);
  if (kind.type === 'business') return NEEDED_OF_A_BUSINESS;
  if (kind.kyc_type === 'standard') return NEEDED_OF_A_PERSON;
  return [...NEEDED_OF_A_PERSON, ...FUNDS.map(({ name }) => name)];
}

function choice(
  name: string,
  label: string,
  options: readonly Option[],
  required = false,
): FieldSpec {
  return { name, label, kind: 'choice', options, required };
}

function words(values: string): Option[] {
  return values.split(' ').map((value) => ({ value, label: humanise(value) }));
}
