import { useQuery } from '@tanstack/react-query';
import { SelectField } from '../../ui/Field';
import { FormProblem } from '../../ui/FormProblem';
import { Text } from '../../ui/Text';
import { type KeysFate, keysOfMemberQuery } from './queries';

const FIELD = 'api_keys';

/** Asks what becomes of the API keys that somebody made: they act on, whatever becomes of their maker. */
export function KeysOfMember({ instanceId, userId }: { instanceId: string; userId: string }) {
  const { data: keys, error } = useQuery(keysOfMemberQuery(instanceId, userId));
  if (error && !keys) return <FormProblem id="keys-problem" error={error} />;
  if (!keys || keys.length === 0) return null;
  return (
    <>
      <p>
        They made {keys.length === 1 ? 'an API key' : `${keys.length} API keys`}:{' '}
        <Text value={keys.map(({ name }) => name).join(', ')} />.
      </p>
      <SelectField
        label="Their API keys"
        name={FIELD}
        options={[
          { value: 'keep', label: 'Keep: they go on as they are' },
          { value: 'revoke', label: 'Revoke: they stop working at once' },
        ]}
      />
    </>
  );
}

/** What was answered; who made no key was not asked. */
export function keysFate(fields: FormData): KeysFate {
  return fields.get(FIELD) === 'revoke' ? 'revoke' : 'keep';
}
