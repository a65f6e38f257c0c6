import { useQueryClient } from '@tanstack/react-query';
import type { SavedView } from '../api/types';
import { TextField } from '../ui/Field';
import { FormDialog, textOf } from '../ui/FormDialog';
import { Text } from '../ui/Text';
import { useAuditLog } from './context';
import { changeView, removeView, saveView, viewsQuery } from './queries';
import { toViewQuery } from './views';

/** What is being done with the filters as they are, or with a view that is kept. */
export type Doing = { what: 'save' } | { what: 'rename' | 'remove'; view: SavedView };

export function ViewDialog({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const { instanceId, search } = useAuditLog();
  const queryClient = useQueryClient();
  const words = WORDS[doing.what];
  const act = async (fields: FormData): Promise<unknown> => {
    const name = textOf(fields, 'name') ?? '';
    if (doing.what === 'save') return saveView(instanceId, { name, query: toViewQuery(search) });
    const { id, query } = doing.view;
    if (doing.what === 'remove') return removeView(instanceId, id);
    return changeView(instanceId, id, { name, query });
  };
  const done = () => {
    queryClient.invalidateQueries({ queryKey: viewsQuery(instanceId).queryKey });
    onClose();
  };

  return (
    <FormDialog
      title={words.title}
      submit={words.submit}
      danger={doing.what === 'remove'}
      logged={false}
      onSubmit={act}
      onDone={done}
      onClose={onClose}
    >
      {doing.what === 'remove' ? (
        <p>
          The filters of “<Text value={doing.view.name} />” are forgotten; the log is not touched.
        </p>
      ) : (
        <TextField
          label="Name"
          name="name"
          required
          maxLength={80}
          defaultValue={doing.what === 'rename' ? doing.view.name : ''}
          hint="For yourself alone. A range such as the last 7 days moves with the time."
        />
      )}
    </FormDialog>
  );
}

const WORDS = {
  save: { title: 'Save a view', submit: 'Save the view' },
  rename: { title: 'Rename a view', submit: 'Rename the view' },
  remove: { title: 'Remove a view', submit: 'Remove the view' },
} as const;
