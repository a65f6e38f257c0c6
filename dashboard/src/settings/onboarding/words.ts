import type { Option } from '../../ui/Field';
import type { Tone } from '../../ui/Tag';
import type { BusinessDetails, BusinessProfile, Compliance, Owner } from './queries';
import type { Step } from './steps';

type Words<Name extends string> = Readonly<Record<Name, string>>;

export const STEP_WORDS: Readonly<Record<Step, { title: string; text: string }>> = {
  details: { title: 'Business details', text: 'Which business this instance belongs to.' },
  profile: { title: 'Business profile', text: 'What the business does, and how much it moves.' },
  documents: { title: 'Ownership documents', text: 'The papers of the business, and who owns it.' },
  applicant: { title: 'Applicant', text: 'Which of the owners applies for the business.' },
  liveness: { title: 'Identity check', text: 'That the applicant is who they say.' },
  completion: { title: 'Completion', text: 'The business is checked once every step is taken.' },
};

export const ENTITY_TYPES: Words<BusinessDetails['entity_type']> = {
  company: 'Company',
  corporation: 'Corporation',
  cooperative: 'Cooperative',
  partnership: 'Partnership',
  sole_proprietor: 'Sole proprietor',
  trust: 'Trust',
  other: 'Other',
};

export const SCENARIOS: Words<BusinessProfile['scenario']> = {
  custodial: 'Custodial',
  custodial_mtl: 'Custodial, as a licensed money transmitter',
  non_custodial: 'Non-custodial',
  other: 'Other',
};

export const INDUSTRIES: Words<BusinessProfile['business_industry']> = {
  wallet: 'Wallet',
  exchange: 'Exchange',
  dapp: 'Decentralised application',
  neo_bank: 'Online bank',
  gaming: 'Gaming',
  marketplace: 'Marketplace',
  saas: 'Software as a service',
  social: 'Social network',
  infra: 'Infrastructure',
  gambling: 'Gambling',
  other: 'Other',
};

export const VOLUMES: Words<BusinessProfile['estimated_volume_per_month']> = {
  up_to_100: 'Up to $100,000',
  up_to_500: 'Up to $500,000',
  up_to_1000: 'Up to $1,000,000',
  up_to_10000: 'Up to $10,000,000',
  more_than_10000: 'More than $10,000,000',
};

export const OWNER_ROLES: Words<NonNullable<Owner['role']>> = {
  beneficial_owner: 'Owns a part of it',
  controlling_person: 'Controls it',
  beneficial_controlling: 'Owns a part of it and controls it',
};

export const ID_DOCUMENTS: Words<NonNullable<Owner['id_doc_type']>> = {
  PASSPORT: 'Passport',
  ID_CARD: 'Identity card',
  DRIVERS: 'Driving licence',
};

export const ADDRESS_PROOFS: Words<NonNullable<Owner['proof_of_address_doc_type']>> = {
  UTILITY_BILL: 'Utility bill',
  BANK_STATEMENT: 'Bank statement',
  RENTAL_AGREEMENT: 'Rental agreement',
  TAX_DOCUMENT: 'Tax document',
  GOVERNMENT_CORRESPONDENCE: 'Letter of an authority',
};

export const CHECKS: Readonly<Record<Compliance['kyc_status'], { words: string; tone: Tone }>> = {
  pending: { words: 'Not asked for', tone: 'neutral' },
  verifying: { words: 'Being checked', tone: 'amber' },
  approved: { words: 'Approved', tone: 'green' },
  rejected: { words: 'Rejected', tone: 'red' },
};

/** What can be chosen, in order. */
export function optionsOf(words: Words<string>): Option[] {
  return Object.entries(words).map(([value, label]) => ({ value, label }));
}

/** The same, with a way to say nothing. */
export function optionalOf(words: Words<string>): Option[] {
  return [{ value: '', label: 'Not said' }, ...optionsOf(words)];
}
