import { useQuery } from '@tanstack/react-query';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { Page } from '../../shell/Page';
import { Loaded } from '../../ui/Loaded';
import { Ownership } from './Ownership';
import { instanceQuery } from './queries';
import { Settings } from './Settings';

/** Settings → General: what the instance is called, what it asks of its people, and its end. */
export function GeneralPage({ instanceId }: { instanceId: string }) {
  const instance = useQuery(instanceQuery(instanceId));
  return (
    <Page
      title="General"
      lead="Each change is an entry of the audit log."
      action={
        <ActivityLink
          instanceId={instanceId}
          of="the settings"
          search={{ feature: ['instance'] }}
        />
      }
    >
      <Loaded label="The settings" query={instance}>
        {(found) => (
          <>
            <Settings instance={found} />
            <Ownership instance={found} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
