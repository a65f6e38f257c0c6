import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Fingerprint } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../api/problem';
import { Button } from '../../ui/Button';
import { CheckField } from '../../ui/Field';
import { instancesQuery, whoamiQuery } from '../queries';
import { useSignOut } from '../use-sign-out';
import styles from './Confirmation.module.css';

/** The field of a form that says whether its act is to be confirmed. */
export const CONFIRM = 'confirm_with_passkey';

interface ConfirmationProps {
  /** The words of the button that does it. */
  act: string;
  /** Why the server did not do it without, if it did not. */
  refusal: Problem | null;
  /** Whether it becomes an entry of an instance's log, which then shows that it was confirmed. */
  logged: boolean;
}

/** Asks for a passkey where the server does, and offers it elsewhere to who has one. */
export function Confirmation({ act, refusal, logged }: ConfirmationProps) {
  const { data: person } = useQuery(whoamiQuery);
  const requires = useRequiresPasskey();
  if (!person?.has_passkey) return refusal && <NoWayToConfirm refusal={refusal} />;
  if (refusal) return <Asked act={act} logged={logged} />;
  return (
    logged && (
      <CheckField
        label="Confirm with my passkey"
        name={CONFIRM}
        defaultChecked={requires}
        hint="The entry in the audit log will say that a passkey confirmed this act."
      />
    )
  );
}

function Asked({ act, logged }: Pick<ConfirmationProps, 'act' | 'logged'>) {
  return (
    <Note role="status" title="This has to be confirmed with your passkey">
      <p>
        Press “{act}” again. Your device checks that it is you, and signs this act as you entered it
        here, and nothing else.
        {logged && ' The entry in the audit log will say that a passkey confirmed it.'}
      </p>
      <input type="hidden" name={CONFIRM} value="on" />
    </Note>
  );
}

/** Who has no passkey is told the way there. */
function NoWayToConfirm({ refusal }: { refusal: Problem }) {
  const { instanceId } = useParams({ strict: false });
  const signOut = useSignOut();
  if (refusal.code === 'AUTH_SIGN_IN_AGAIN') {
    return (
      <Note role="alert" title="You signed in more than 15 minutes ago">
        <p>Sign in again, so that nobody can do this at a screen that was left open.</p>
        <Button onClick={signOut}>Sign out now</Button>
      </Note>
    );
  }
  return (
    <Note role="alert" title="This has to be confirmed with a passkey, and you have none">
      {instanceId && (
        <p>
          <Link to="/instances/$instanceId/settings/security" params={{ instanceId }}>
            Add a passkey
          </Link>{' '}
          first.
        </p>
      )}
    </Note>
  );
}

interface NoteProps {
  role: 'status' | 'alert';
  title: string;
  children: ReactNode;
}

function Note({ role, title, children }: NoteProps) {
  return (
    <div className={styles.note} role={role}>
      <Fingerprint size={18} aria-hidden />
      <div>
        <p className={styles.title}>{title}</p>
        {children}
      </div>
    </div>
  );
}

/** Whether the instance that one is in asks for a passkey wherever it can. */
function useRequiresPasskey(): boolean {
  const { data: instances } = useQuery(instancesQuery);
  const { instanceId } = useParams({ strict: false });
  return instances?.find(({ id }) => id === instanceId)?.require_passkey ?? false;
}
