import { useState } from 'react';
import { Problem } from '../../api/problem';
import { CheckField, SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { EVENTS } from './events';
import { createEndpoint, type EventType } from './queries';
import styles from './webhooks.module.css';

interface CreateEndpointDialogProps {
  instanceId: string;
  onDone: () => void;
  onClose: () => void;
}

/** Asks for an address, and for the events that it is to be told of. */
export function CreateEndpointDialog({ instanceId, onDone, onClose }: CreateEndpointDialogProps) {
  const [only, setOnly] = useState(false);
  return (
    <FormDialog
      title="Add a webhook endpoint"
      submit="Add the endpoint"
      onSubmit={async (fields) => {
        const events = fields.getAll('events') as EventType[];
        // To the API, no event means all of them.
        if (only && events.length === 0) {
          throw new Problem(0, { description: 'Choose at least one event.' });
        }
        return createEndpoint(instanceId, textOf(fields, 'url') ?? '', events);
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <TextField
        label="Address"
        name="url"
        type="url"
        required
        maxLength={2048}
        placeholder="https://api.example.com/webhooks"
        hint="It begins with https:// and leads to the public Internet."
      />
      <SelectField
        label="Events"
        name="which"
        value={only ? 'some' : 'all'}
        onChange={(event) => setOnly(event.target.value === 'some')}
        options={[
          { value: 'all', label: 'All, also those to come' },
          { value: 'some', label: 'Only some' },
        ]}
      />
      {only && (
        <fieldset className={styles.events}>
          <legend>Which events</legend>
          {Object.entries(EVENTS).map(([type, words]) => (
            <CheckField
              key={type}
              name="events"
              value={type}
              label={words}
              hint={<code>{type}</code>}
            />
          ))}
        </fieldset>
      )}
    </FormDialog>
  );
}
