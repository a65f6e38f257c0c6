import { useQuery } from '@tanstack/react-query';
import { instancesQuery } from '../../identity/queries';
import { Page } from '../../shell/Page';
import { ProblemMessage } from '../../ui/ProblemMessage';
import styles from './GeneralPage.module.css';
import { Ownership } from './Ownership';
import { Settings } from './Settings';

/** Settings → General: what the instance is called, what it asks of its people, and its end. */
export function GeneralPage({ instanceId }: { instanceId: string }) {
  const { data: instances, error, refetch } = useQuery(instancesQuery);
  const instance = instances?.find(({ id }) => id === instanceId);
  return (
    <Page title="General" lead="Each change is an entry of the audit log.">
      {error && !instances && (
        <ProblemMessage title="The settings did not load" error={error} onRetry={refetch} />
      )}
      {!error && !instances && <p className={styles.loading}>Loading…</p>}
      {instances && !instance && (
        <p className={styles.loading}>This is not one of your instances.</p>
      )}
      {instance && <Settings instance={instance} />}
      {instance && <Ownership instance={instance} />}
    </Page>
  );
}
