import { useQuery } from '@tanstack/react-query';
import { Lock } from 'lucide-react';
import { fullName } from '../identity/names';
import { membersQuery } from '../identity/queries';
import { Message } from '../ui/Message';
import { Text } from '../ui/Text';
import { useAuditLog } from './context';

/** The server decides who reads the log; the page only says so, and whom to ask. */
export function NotAllowed() {
  const { instanceId } = useAuditLog();
  const { data: members = [] } = useQuery(membersQuery(instanceId));
  const owner = members.find(({ role }) => role === 'owner');
  const admin = members.find(({ role }) => role === 'admin');
  const readers = [owner, admin].filter((member) => member !== undefined);

  return (
    <Message icon={Lock} title="Only owners and admins can see audit logs">
      {readers.length > 0 && (
        <p>
          {'Ask '}
          {readers.map((member, place) => (
            <span key={member.id}>
              {place > 0 && ' or '}
              <Text value={fullName(member)} />
              {fullName(member) !== member.email && (
                <>
                  {' ('}
                  <Text value={member.email} />)
                </>
              )}
            </span>
          ))}
          .
        </p>
      )}
    </Message>
  );
}
