import { queryOptions, useQuery } from '@tanstack/react-query';
import { type FormEvent, useId } from 'react';
import { api } from '../api/client';
import { unwrap } from '../api/problem';
import { COUNTRIES } from '../ui/countries';
import { type Option, SelectField, TextField } from '../ui/Field';
import { textOf } from '../ui/FormDialog';
import { FileField } from '../uploads/FileField';
import styles from './fields.module.css';

/** A field of a form, where which fields there are depends on what is made. */
export interface FieldSpec {
  /** As the API calls it. */
  readonly name: string;
  readonly label: string;
  readonly kind?: 'text' | 'email' | 'date' | 'country' | 'choice' | 'yes-no' | 'industry' | 'file';
  readonly required?: boolean;
  readonly hint?: string;
  /** Of a choice. */
  readonly options?: readonly Option[];
  /** What the whole text has to match, spaces and capitals aside. */
  readonly regex?: string;
}

interface SpecFieldProps {
  spec: FieldSpec;
  /** How it is now, where something is changed. */
  value?: string | undefined;
}

const industriesQuery = queryOptions({
  queryKey: ['reference', 'naics'],
  queryFn: async ({ signal }) => unwrap(api.GET('/v1/available/naics', { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

const UNCHOSEN: Option = { value: '', label: '–' };
const YES_NO: readonly Option[] = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];

export function SpecField({ spec, value }: SpecFieldProps) {
  const { name, kind = 'text', required = false, hint, regex } = spec;
  const label = required ? spec.label : `${spec.label} (optional)`;
  if (kind === 'file') {
    return (
      <FileField label={label} name={name} bucket="onboarding" required={required} hint={hint} />
    );
  }
  if (kind === 'industry') {
    return <IndustryField label={label} name={name} required={required} value={value} />;
  }
  const options = optionsOf(spec);
  if (options) {
    return (
      <SelectField
        label={label}
        name={name}
        required={required}
        hint={hint}
        defaultValue={value ?? ''}
        options={[UNCHOSEN, ...options]}
      />
    );
  }
  return (
    <TextField
      label={label}
      name={name}
      type={kind}
      required={required}
      hint={hint}
      defaultValue={value}
      onInput={regex ? (event) => checkForm(event, regex) : undefined}
    />
  );
}

/** By the North American Industry Classification System, as far as the server knows it. */
function IndustryField(props: {
  label: string;
  name: string;
  required: boolean;
  value?: string | undefined;
}) {
  const { data: industries } = useQuery(industriesQuery);
  if (!industries) return <p>Loading the industries…</p>;
  return (
    <SelectField
      label={props.label}
      name={props.name}
      required={props.required}
      defaultValue={props.value ?? ''}
      options={[UNCHOSEN, ...industries]}
    />
  );
}

function optionsOf({ kind, options }: FieldSpec): readonly Option[] | undefined {
  if (kind === 'country') return COUNTRIES;
  if (kind === 'yes-no') return YES_NO;
  return options;
}

/** The browser then says so at the field itself, and brings the reader there. */
function checkForm({ currentTarget }: FormEvent<HTMLInputElement>, regex: string) {
  const isRight = currentTarget.value === '' || fits(currentTarget.value, regex);
  currentTarget.setCustomValidity(isRight ? '' : 'This does not have the form that it must have.');
}

/** Whether a text has a form; people group what banks write in one, and the server overlooks that. */
export function fits(text: string, regex: string): boolean {
  const form = new RegExp(regex);
  return form.test(text.trim()) || form.test(text.replace(/\s/g, '').toUpperCase());
}

/** What a form says, by the names of its fields; what was left empty is not there. */
export function valuesOf(
  fields: FormData,
  specs: readonly FieldSpec[],
): Record<string, string | boolean> {
  return Object.fromEntries(
    specs.flatMap(({ name, kind }) => {
      const value = textOf(fields, name);
      if (value === undefined) return [];
      return [[name, kind === 'yes-no' ? value === 'true' : value]];
    }),
  );
}

interface FieldGroupProps {
  title: string;
  specs: readonly FieldSpec[];
  values?: Readonly<Record<string, unknown>>;
}

/** Fields that belong together, under what they are about. */
export function FieldGroup({ title, specs, values }: FieldGroupProps) {
  const titleId = useId();
  if (specs.length === 0) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as the rest of the form is
    <div role="group" aria-labelledby={titleId} className={styles.group}>
      <h3 id={titleId} className={styles.title}>
        {title}
      </h3>
      {specs.map((spec) => (
        <SpecField key={spec.name} spec={spec} value={textOfValue(values?.[spec.name])} />
      ))}
    </div>
  );
}

/** A value as its field shows it; of a moment the day. */
export function textOfValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  const text = String(value);
  return /^\d{4}-\d{2}-\d{2}T/.test(text) ? text.slice(0, 10) : text;
}
