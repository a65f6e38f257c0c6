import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';
import type { components } from '../../api/schema';
import { type Onboarding, withoutNothing } from './steps';

type Schemas = components['schemas'];
export type Owner = Schemas['Owner'];
export type BusinessDetails = Schemas['BusinessDetails'];
export type BusinessProfile = Schemas['BusinessProfile'];
export type OwnershipDocuments = Schemas['OwnershipDocuments'];
export type Applicant = Schemas['Applicant'];
export type Compliance = Schemas['ComplianceOut'];

const ONBOARDING = '/v1/instances/{instance_id}/onboarding';
const WHILE_CHECKING_MS = 10_000;

/** Every step as it was submitted, and how the checks stand. */
export function onboardingQuery(instanceId: string) {
  const params = { path: { instance_id: instanceId } };
  return queryOptions({
    queryKey: ['onboarding', instanceId],
    queryFn: async ({ signal }): Promise<Onboarding> => {
      const [details, profile, documents, applicant, compliance] = await Promise.all([
        unwrap(api.GET(`${ONBOARDING}/business_details`, { params, signal })),
        unwrap(api.GET(`${ONBOARDING}/business_profile`, { params, signal })),
        unwrap(api.GET(`${ONBOARDING}/ownership_documents`, { params, signal })),
        unwrap(api.GET(`${ONBOARDING}/applicant`, { params, signal })),
        unwrap(api.GET(`${ONBOARDING}/compliance`, { params, signal })),
      ]);
      return {
        details: withoutNothing<BusinessDetails>(details),
        profile: withoutNothing<BusinessProfile>(profile),
        documents: withoutNothing<OwnershipDocuments>(documents),
        applicant: withoutNothing<Applicant>(applicant),
        compliance,
      };
    },
    refetchInterval: ({ state }) => {
      const checks = Object.values(state.data?.compliance ?? {});
      return checks.includes('verifying') && WHILE_CHECKING_MS;
    },
  });
}

export function saveDetails(instanceId: string, body: BusinessDetails) {
  const params = { path: { instance_id: instanceId } };
  return unwrap(api.PUT(`${ONBOARDING}/business_details`, { params, body }));
}

export function saveProfile(instanceId: string, body: BusinessProfile) {
  const params = { path: { instance_id: instanceId } };
  return unwrap(api.PUT(`${ONBOARDING}/business_profile`, { params, body }));
}

export function saveDocuments(instanceId: string, body: OwnershipDocuments) {
  const params = { path: { instance_id: instanceId } };
  return unwrap(api.PUT(`${ONBOARDING}/ownership_documents`, { params, body }));
}

export function saveApplicant(instanceId: string, body: Applicant) {
  const params = { path: { instance_id: instanceId } };
  return unwrap(api.PUT(`${ONBOARDING}/applicant`, { params, body }));
}

/** Opens an identity check at the provider, and has the applicant go through it. */
export async function checkIdentity(instanceId: string) {
  const params = { path: { instance_id: instanceId } };
  const { token } = await unwrap(api.GET(`${ONBOARDING}/access_token`, { params }));
  return unwrap(
    api.POST(`${ONBOARDING}/liveness`, { params, body: { liveness_session_id: token } }),
  );
}

export function complete(instanceId: string) {
  const params = { path: { instance_id: instanceId } };
  return unwrap(api.POST(`${ONBOARDING}/complete`, { params }));
}
