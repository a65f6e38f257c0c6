import { upload } from '../../api/upload';
import { textOf } from '../../ui/FormDialog';

/** Where the document of a field is: the one that was chosen, once it is uploaded, or the one before. */
export async function documentOf(
  instanceId: string,
  fields: FormData,
  name: string,
  kept: string | null | undefined,
): Promise<string | null> {
  const file = fields.get(name);
  // A field in which nothing was chosen holds a file without a name.
  if (file instanceof File && file.name !== '') return upload(instanceId, 'onboarding', file);
  return kept ?? null;
}

/** A field's text, or null where it was left empty. */
export function textOrNull(fields: FormData, name: string): string | null {
  return textOf(fields, name) ?? null;
}

/** A choice, or null where none was made. */
export function choiceOrNull<Choice extends string>(fields: FormData, name: string): Choice | null {
  return (textOf(fields, name) as Choice | undefined) ?? null;
}

/** The day of a moment, as a field for dates has it. */
export function dayOf(moment: string | null | undefined): string | undefined {
  return moment?.slice(0, 10);
}
