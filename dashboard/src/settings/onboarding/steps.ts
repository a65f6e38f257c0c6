import type {
  Applicant,
  BusinessDetails,
  BusinessProfile,
  Compliance,
  Owner,
  OwnershipDocuments,
} from './queries';

/** Every step as it was submitted; null where it is still to be taken. */
export interface Onboarding {
  readonly details: BusinessDetails | null;
  readonly profile: BusinessProfile | null;
  readonly documents: OwnershipDocuments | null;
  readonly applicant: Applicant | null;
  readonly compliance: Compliance;
}

/** In the order in which they are best taken. */
export const STEPS = [
  'details',
  'profile',
  'documents',
  'applicant',
  'liveness',
  'completion',
] as const;
export type Step = (typeof STEPS)[number];

/** A step that was not taken reads as an object with nothing in it. */
export function withoutNothing<Submitted extends object>(
  answer: Submitted | Record<string, never>,
): Submitted | null {
  return Object.keys(answer).length > 0 ? (answer as Submitted) : null;
}

export function isDone(step: Step, onboarding: Onboarding): boolean {
  switch (step) {
    case 'liveness':
      return isChecked(onboarding.compliance.kyc_status);
    case 'completion':
      return isChecked(onboarding.compliance.kyb_status);
    default:
      return onboarding[step] !== null;
  }
}

/** A check that was rejected can be asked for again. */
function isChecked(status: Compliance['kyc_status']): boolean {
  return status === 'verifying' || status === 'approved';
}

/** The first step that is still to be taken. */
export function nextStep(onboarding: Onboarding): Step | undefined {
  return STEPS.find((step) => !isDone(step, onboarding));
}

/** Steps may be taken again, and in any order but for those that need what another one says. */
export function canBeTaken(step: Step, onboarding: Onboarding): boolean {
  switch (step) {
    case 'applicant':
      return onboarding.applicant !== null || (onboarding.documents?.owners.length ?? 0) > 0;
    case 'liveness':
      return onboarding.applicant !== null && !isDone(step, onboarding);
    case 'completion':
      return nextStep(onboarding) === step;
    default:
      return true;
  }
}

/** What people call an owner, as far as it is known. */
export function ownerName({ first_name, last_name, id }: Owner): string {
  return [first_name, last_name].filter(Boolean).join(' ') || `Owner ${id ?? ''}`.trim();
}

/** What the dialog of a step is told. */
export interface StepDialogProps {
  readonly instanceId: string;
  readonly onboarding: Onboarding;
  readonly onDone: () => void;
  readonly onClose: () => void;
}
