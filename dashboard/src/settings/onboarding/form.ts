import { textOf } from '../../ui/FormDialog';

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
