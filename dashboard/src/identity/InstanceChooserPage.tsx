import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ChevronRight, LogOut, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Instance } from '../api/types';
import { useTitle } from '../shell/use-title';
import { Button } from '../ui/Button';
import { ProblemMessage } from '../ui/ProblemMessage';
import { Text } from '../ui/Text';
import { humanise } from '../ui/words';
import { CenteredPage } from './CenteredPage';
import { CreateInstanceDialog } from './CreateInstanceDialog';
import styles from './InstanceChooserPage.module.css';
import { InstanceTypeTag } from './InstanceTypeTag';
import { instancesQuery, whoamiQuery } from './queries';
import { useSignOut } from './use-sign-out';

export function InstanceChooserPage() {
  useTitle('Instances');
  const { data: instances, error, refetch } = useQuery(instancesQuery);
  const { data: person } = useQuery(whoamiQuery);
  const signOut = useSignOut();
  const [creating, setCreating] = useState(false);

  return (
    <CenteredPage title="Choose an instance" busy={!instances && !error}>
      {error && !instances && (
        <ProblemMessage title="Your instances did not load" error={error} onRetry={refetch} />
      )}
      {instances?.length === 0 && (
        <p>
          You are not a member of any instance yet. Create one, or ask an owner or admin to invite
          you
          {person && (
            <>
              {' '}
              as <Text value={person.email} />
            </>
          )}
          .
        </p>
      )}
      {instances && instances.length > 0 && (
        <ul className={styles.list}>
          {instances.map((instance) => (
            <InstanceItem key={instance.id} instance={instance} />
          ))}
        </ul>
      )}
      {instances && (
        <Button onClick={() => setCreating(true)}>
          <Plus size={14} aria-hidden />
          Create an instance
        </Button>
      )}
      {creating && <CreateInstanceDialog onClose={() => setCreating(false)} />}
      {person && (
        <p className={styles.signedIn}>
          <span>
            Signed in as <Text value={person.email} />
          </span>
          <Button look="quiet" onClick={signOut}>
            <LogOut size={14} aria-hidden />
            Sign out
          </Button>
        </p>
      )}
    </CenteredPage>
  );
}

function InstanceItem({ instance }: { instance: Instance }) {
  return (
    <li>
      <Link
        to="/instances/$instanceId"
        params={{ instanceId: instance.id }}
        className={styles.instance}
      >
        <span className={styles.name}>
          <Text value={instance.name} />
          {instance.user_role && (
            <span className={styles.role}>{humanise(instance.user_role)}</span>
          )}
        </span>
        <InstanceTypeTag type={instance.type} />
        <ChevronRight size={16} aria-hidden />
      </Link>
    </li>
  );
}
