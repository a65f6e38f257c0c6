import { textOf } from '../../ui/FormDialog';
import { type FieldSpec, textOfValue } from '../fields';

/**
 * What a form changes: the fields that say something else than before, null where one was emptied. The
 * entry in the log then says what was meant, and no field that the form only rounded off.
 */
export function changesOf(
  known: Readonly<Record<string, unknown>>,
  fields: FormData,
  specs: readonly FieldSpec[],
): Record<string, string | boolean | null> {
  const changes: Record<string, string | boolean | null> = {};
  for (const { name, kind } of specs) {
    const after = textOf(fields, name);
    // An empty file field says that the file stays.
    const stays = kind === 'file' && after === undefined;
    if (stays || after === textOfValue(known[name])) continue;
    changes[name] = kind === 'yes-no' && after !== undefined ? after === 'true' : (after ?? null);
  }
  return changes;
}
