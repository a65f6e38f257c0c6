import { countryName } from '../../ui/words';
import { type Onboarding, ownerName, type Step } from './steps';
import { ENTITY_TYPES, INDUSTRIES, VOLUMES } from './words';

/** What was submitted in a step, in a few words; null where there is nothing to say. */
export function sayStep(step: Step, onboarding: Onboarding): string | null {
  switch (step) {
    case 'details': {
      const { details } = onboarding;
      if (!details) return null;
      const country = countryName(details.country) ?? details.country;
      return `${details.legal_name}, ${ENTITY_TYPES[details.entity_type]}, ${country}`;
    }
    case 'profile': {
      const { profile } = onboarding;
      if (!profile) return null;
      const volume = VOLUMES[profile.estimated_volume_per_month];
      return `${INDUSTRIES[profile.business_industry]}, ${volume.toLowerCase()} a month`;
    }
    case 'documents':
      return onboarding.documents && sayPapers(onboarding.documents);
    case 'applicant':
      return onboarding.applicant && sayApplicant(onboarding);
    default:
      return null;
  }
}

function sayPapers(documents: NonNullable<Onboarding['documents']>): string {
  const papers = [
    ['incorporation', documents.incorporation_doc_file],
    ['ownership', documents.proof_of_ownership_doc_file],
    ['address', documents.proof_of_address_doc_file],
  ] as const;
  const missing = papers.filter(([, file]) => !file).map(([name]) => name);
  if (missing.length === papers.length) return 'No paper was submitted yet.';
  if (missing.length > 0) return `Still without a proof of ${missing.join(' and ')}.`;
  return 'Incorporation, ownership and address are documented.';
}

function sayApplicant({ applicant, documents }: Onboarding): string | null {
  if (!applicant) return null;
  const owner = documents?.owners.find(({ id }) => id === applicant.applicant_id);
  const name = owner ? ownerName(owner) : applicant.applicant_id;
  return applicant.applicant_authorized ? `${name}, who may act for the business` : name;
}
