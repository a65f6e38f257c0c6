import type { ComponentProps } from 'react';
import { COUNTRIES } from './countries';
import { SelectField } from './Field';

type CountryFieldProps = Omit<ComponentProps<typeof SelectField>, 'options'>;

/** A labelled choice of a country, by name. What was said before stays, even when it is none of them. */
export function CountryField(select: CountryFieldProps) {
  const value = String(select.defaultValue ?? '');
  const isOther = value !== '' && !COUNTRIES.some((country) => country.value === value);
  return (
    <SelectField
      {...select}
      options={[
        { value: '', label: 'Choose a country' },
        ...(isOther ? [{ value, label: value }] : []),
        ...COUNTRIES,
      ]}
    />
  );
}
