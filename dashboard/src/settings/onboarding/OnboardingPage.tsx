import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Instance } from '../../api/types';
import { ActivityLink } from '../../audit-logs/ActivityLink';
import { useMay } from '../../identity/permissions';
import { instancesQuery } from '../../identity/queries';
import { Page } from '../../shell/Page';
import { Loaded } from '../../ui/Loaded';
import styles from './OnboardingPage.module.css';
import { onboardingQuery } from './queries';
import { StepItem } from './StepItem';
import { isDone, nextStep, type Onboarding, STEPS } from './steps';
import { STEP_WORDS } from './words';

/** Settings → Onboarding: what the platform asks before it moves real money, step by step. */
export function OnboardingPage({ instanceId }: { instanceId: string }) {
  const onboarding = useQuery(onboardingQuery(instanceId));
  const { data: instances } = useQuery(instancesQuery);
  const instance = instances?.find(({ id }) => id === instanceId);
  const mayWrite = useMay(instanceId)('SETTINGS', 'W');
  const queryClient = useQueryClient();
  const reload = () => {
    queryClient.invalidateQueries({ queryKey: ['onboarding', instanceId] });
    queryClient.invalidateQueries({ queryKey: ['instances'] });
  };

  return (
    <Page
      title="Onboarding"
      lead="What is asked of a business before real money moves. Each step can be taken again."
      action={
        <ActivityLink
          instanceId={instanceId}
          of="the onboarding"
          search={{ feature: ['onboarding'] }}
        />
      }
    >
      <Loaded label="Onboarding" query={onboarding}>
        {(found) => (
          <>
            <Standing instance={instance} onboarding={found} />
            <ol className={styles.steps}>
              {STEPS.map((step, place) => (
                <StepItem
                  key={step}
                  step={step}
                  number={place + 1}
                  instanceId={instanceId}
                  onboarding={found}
                  mayWrite={mayWrite}
                  onChanged={reload}
                />
              ))}
            </ol>
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface StandingProps {
  instance: Instance | undefined;
  onboarding: Onboarding;
}

/** How far it has come, and what that means for this instance. */
function Standing({ instance, onboarding }: StandingProps) {
  const next = nextStep(onboarding);
  const done = STEPS.filter((step) => isDone(step, onboarding)).length;
  return (
    <div className={styles.standing}>
      {instance?.type === 'development' && (
        <p>
          This is a development instance: no real money moves, so it counts as onboarded already.
          You can rehearse the steps here, and nothing depends on them.
        </p>
      )}
      {instance?.onboarding_step === 'blocked' && (
        <p className={styles.blocked}>
          The business was rejected, and this instance is blocked. Ask the platform why.
        </p>
      )}
      <p role="status">
        {done} of {STEPS.length} steps done.
        {next && ` Next: ${STEP_WORDS[next].title}.`}
      </p>
    </div>
  );
}
