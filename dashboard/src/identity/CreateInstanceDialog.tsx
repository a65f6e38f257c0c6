import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Instance } from '../api/types';
import { SelectField, TextField } from '../ui/Field';
import { FormDialog, textOf } from '../ui/FormDialog';
import { createInstance, instancesQuery } from './queries';

const TYPES: readonly { value: Instance['type']; label: string }[] = [
  { value: 'development', label: 'Development: nothing in it is real' },
  { value: 'production', label: 'Production: it moves real money' },
];

/** Founds an instance, whose owner one then is, and leads there. */
export function CreateInstanceDialog({ onClose }: { onClose: () => void }) {
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  return (
    <FormDialog
      title="Create an instance"
      submit="Create the instance"
      onSubmit={(fields) =>
        createInstance(textOf(fields, 'name') ?? '', fields.get('type') as Instance['type'])
      }
      onDone={async ({ id }) => {
        // What one may do there is known before one arrives.
        await queryClient.invalidateQueries({ queryKey: instancesQuery.queryKey });
        await navigate({ to: '/instances/$instanceId', params: { instanceId: id } });
      }}
      onClose={onClose}
    >
      <TextField label="Name" name="name" required minLength={3} maxLength={100} />
      <SelectField label="Type" name="type" options={TYPES} hint="It stays what it is." />
      <p>You are its owner. Its audit log begins with this.</p>
    </FormDialog>
  );
}
