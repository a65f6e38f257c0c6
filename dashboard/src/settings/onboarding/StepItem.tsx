import { Check } from 'lucide-react';
import { type ComponentType, useState } from 'react';
import { Button } from '../../ui/Button';
import { classes } from '../../ui/classes';
import { Tag } from '../../ui/Tag';
import { Text } from '../../ui/Text';
import { ApplicantDialog } from './ApplicantDialog';
import { CompletionDialog, LivenessDialog } from './CheckDialogs';
import { DetailsDialog } from './DetailsDialog';
import styles from './OnboardingPage.module.css';
import { Owners } from './Owners';
import { PapersDialog } from './PapersDialog';
import { ProfileDialog } from './ProfileDialog';
import {
  canBeTaken,
  isDone,
  nextStep,
  type Onboarding,
  type Step,
  type StepDialogProps,
} from './steps';
import { sayStep } from './summary';
import { CHECKS, STEP_WORDS } from './words';

interface StepItemProps {
  step: Step;
  number: number;
  instanceId: string;
  onboarding: Onboarding;
  mayWrite: boolean;
  onChanged: () => void;
}

const DIALOGS: Readonly<Record<Step, ComponentType<StepDialogProps>>> = {
  details: DetailsDialog,
  profile: ProfileDialog,
  documents: PapersDialog,
  applicant: ApplicantDialog,
  liveness: LivenessDialog,
  completion: CompletionDialog,
};

/** A step: whether it is done, what was submitted in a few words, and the way to take it. */
export function StepItem(props: StepItemProps) {
  const { step, number, instanceId, onboarding, mayWrite, onChanged } = props;
  const [open, setOpen] = useState(false);
  const done = isDone(step, onboarding);
  const summary = sayStep(step, onboarding);
  const Dialog = DIALOGS[step];
  return (
    <li className={styles.step} aria-current={nextStep(onboarding) === step ? 'step' : undefined}>
      <span className={classes(styles.marker, done && styles.done)} aria-hidden>
        {done ? <Check size={14} /> : number}
      </span>
      <div className={styles.content}>
        <h2 className={styles.title}>
          {STEP_WORDS[step].title} <StepTag step={step} onboarding={onboarding} />
        </h2>
        <p className={styles.muted}>{summary ? <Text value={summary} /> : STEP_WORDS[step].text}</p>
        {step === 'documents' && (
          <Owners
            instanceId={instanceId}
            onboarding={onboarding}
            mayWrite={mayWrite}
            onChanged={onChanged}
          />
        )}
      </div>
      {mayWrite && canBeTaken(step, onboarding) && (
        <Button
          look={nextStep(onboarding) === step ? 'primary' : 'plain'}
          onClick={() => setOpen(true)}
        >
          <ButtonWords step={step} done={done} />
        </Button>
      )}
      {open && (
        <Dialog
          instanceId={instanceId}
          onboarding={onboarding}
          onDone={() => {
            setOpen(false);
            onChanged();
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </li>
  );
}

function ButtonWords({ step, done }: { step: Step; done: boolean }) {
  if (step === 'liveness') return 'Start the check';
  if (step === 'completion') return 'Complete';
  if (step === 'documents') return done ? 'Change the papers' : 'Add the papers';
  return (
    <>
      {done ? 'Change' : 'Fill in'}
      <span className="sr-only"> {STEP_WORDS[step].title}</span>
    </>
  );
}

function StepTag({ step, onboarding }: { step: Step; onboarding: Onboarding }) {
  const { kyc_status, kyb_status } = onboarding.compliance;
  const status = step === 'liveness' ? kyc_status : step === 'completion' ? kyb_status : null;
  if (status && status !== 'pending') {
    return <Tag tone={CHECKS[status].tone}>{CHECKS[status].words}</Tag>;
  }
  if (isDone(step, onboarding)) return <Tag tone="green">Done</Tag>;
  if (nextStep(onboarding) === step) return <Tag tone="accent">Next</Tag>;
  return <Tag>To do</Tag>;
}
