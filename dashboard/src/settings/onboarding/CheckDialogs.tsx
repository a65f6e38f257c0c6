import { FormDialog } from '../../ui/FormDialog';
import { checkIdentity, complete } from './queries';
import type { StepDialogProps } from './steps';

/** Has the applicant's identity checked. */
export function LivenessDialog({ instanceId, onboarding: _, ...ends }: StepDialogProps) {
  return (
    <FormDialog
      title="Check the identity of the applicant?"
      submit="Start the check"
      onSubmit={() => checkIdentity(instanceId)}
      {...ends}
    >
      <p>
        The identity provider of this server is a simulated one: nobody is asked to show their face,
        and it decides by itself. The steps are those of a real check.
      </p>
    </FormDialog>
  );
}

/** Has the business checked, now that every step is taken. */
export function CompletionDialog({ instanceId, onboarding: _, ...ends }: StepDialogProps) {
  return (
    <FormDialog
      title="Complete the onboarding?"
      submit="Complete the onboarding"
      onSubmit={() => complete(instanceId)}
      {...ends}
    >
      <p>The business is then checked by what was submitted. Steps can still be changed.</p>
    </FormDialog>
  );
}
