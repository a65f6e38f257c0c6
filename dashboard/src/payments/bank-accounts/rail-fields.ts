import { countryName } from '../../ui/words';
import type { FieldSpec } from '../fields';
import type { BankAccount, BankField } from './queries';

type Values = Readonly<Record<string, string | undefined>>;

/** The fields that a form has, as what was chosen in others asks for them. */
export function askedFields(fields: readonly BankField[], values: Values): FieldSpec[] {
  return fields
    .filter((field) => !field.requiredWhen || isRequired(field, values))
    .map((field) => toSpec(field, isRequired(field, values)));
}

/** Whether an account with these values needs a field; of a value that is not given it does not. */
export function isRequired({ required, requiredWhen }: BankField, values: Values): boolean {
  if (required || !requiredWhen) return required;
  const value = values[requiredWhen.field];
  if (!value) return false;
  const wanted = requiredWhen.operator === 'in' || requiredWhen.operator === 'eq';
  return requiredWhen.values.includes(value) === wanted;
}

function toSpec({ key, label, regex, items }: BankField, required: boolean): FieldSpec {
  return {
    name: key,
    label,
    required,
    ...(regex && { regex }),
    ...(items && {
      kind: 'choice' as const,
      options: items
        .filter(({ is_active }) => is_active)
        .map(({ value, label }) => ({ value, label: label === value ? nameOf(value) : label })),
    }),
  };
}

/** Countries are listed by their codes; people know them by their names. */
function nameOf(code: string): string {
  return countryName(code) ?? code;
}

/** The number that an account is known by at its bank, as far as the API shows it: its end. */
export function numberOf(account: BankAccount): string | null {
  return (
    account.account_number ??
    account.pix_key ??
    account.spei_clabe ??
    account.transfers_account ??
    account.ach_cop_bank_account ??
    account.swift_account_number_iban ??
    account.sepa_iban
  );
}
