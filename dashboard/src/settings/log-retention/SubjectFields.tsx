import { useQuery } from '@tanstack/react-query';
import { catalogueQuery } from '../../audit-logs/queries';
import { SelectField, TextField } from '../../ui/Field';
import { textOf } from '../../ui/FormDialog';
import { humanise } from '../../ui/words';
import { ACTORS_AND_ENTRIES, subjectOf } from './subjects';

const TITLES: Record<string, string> = {
  user: 'What a user did',
  api_key: 'What an API key did',
  entry: 'One entry',
};

interface SubjectFieldsProps {
  /** What can be meant beside entities. */
  types: readonly (typeof ACTORS_AND_ENTRIES)[number][];
}

/** Whom or what it is about, and why. */
export function SubjectFields({ types }: SubjectFieldsProps) {
  const { data: catalogue } = useQuery(catalogueQuery);
  const known = new Set<string>(ACTORS_AND_ENTRIES);
  const entities = [...new Set(catalogue?.data.map(({ entity_type }) => entity_type))]
    .filter((type) => !known.has(type))
    .sort();
  return (
    <>
      <SelectField
        label="What"
        name="type"
        options={[
          ...types.map((type) => ({ value: type, label: TITLES[type] ?? type })),
          ...entities.map((type) => ({ value: type, label: humanise(type) })),
        ]}
      />
      <TextField label="Id" name="id" required maxLength={200} hint="As entries have it." />
      <ReasonField />
    </>
  );
}

export function ReasonField() {
  return (
    <TextField
      label="Reason"
      name="reason"
      required
      maxLength={500}
      hint="It stays in the log for ever: name nobody."
    />
  );
}

export function subjectFrom(fields: FormData) {
  return subjectOf(textOf(fields, 'type') ?? '', textOf(fields, 'id') ?? '');
}

export function reasonFrom(fields: FormData) {
  return textOf(fields, 'reason') ?? '';
}
