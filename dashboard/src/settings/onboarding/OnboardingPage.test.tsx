import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { type Answers, INSTANCE, ok, renderApp } from '../../test/app';
import { canBeTaken, isDone, nextStep, type Onboarding } from './steps';

const PAGE = `/dashboard/instances/${INSTANCE}/settings/onboarding`;
const ONBOARDING = `/v1/instances/${INSTANCE}/onboarding`;
const ANA = { id: 'ow_000000000001', first_name: 'Ana', last_name: 'Souza' };

const nothing: Onboarding = {
  details: null,
  profile: null,
  documents: null,
  applicant: null,
  compliance: { kyc_status: 'pending', kyb_status: 'pending' },
};
const submitted = {
  details: {},
  profile: {},
  documents: { owners: [ANA] },
  applicant: { applicant_id: ANA.id },
} as unknown as Onboarding;

const answers: Answers = {
  [`GET ${ONBOARDING}/business_details`]: ok({}),
  [`GET ${ONBOARDING}/business_profile`]: ok({}),
  [`GET ${ONBOARDING}/ownership_documents`]: ok({
    incorporation_doc_file: 'https://files.example/old.pdf',
    owners: [{ ...ANA, instance_id: INSTANCE }],
  }),
  [`GET ${ONBOARDING}/applicant`]: ok({}),
  [`GET ${ONBOARDING}/compliance`]: ok(nothing.compliance),
  [`PUT ${ONBOARDING}/ownership_documents`]: ok({ success: true }),
};

describe('the steps', () => {
  it('are taken one after the other', () => {
    expect(nextStep(nothing)).toBe('details');
    expect(nextStep({ ...nothing, ...submitted, compliance: nothing.compliance })).toBe('liveness');
    // Without an owner there is nobody to name.
    expect(canBeTaken('applicant', nothing)).toBe(false);
    expect(canBeTaken('profile', nothing)).toBe(true);
    expect(canBeTaken('completion', nothing)).toBe(false);
  });

  it('that check somebody can be taken again when they were rejected', () => {
    const rejected: Onboarding = {
      ...submitted,
      compliance: { kyc_status: 'rejected', kyb_status: 'pending' },
    };
    expect(isDone('liveness', rejected)).toBe(false);
    expect(canBeTaken('liveness', rejected)).toBe(true);
    expect(canBeTaken('completion', rejected)).toBe(false);
    const verifying: Onboarding = {
      ...submitted,
      compliance: { kyc_status: 'verifying', kyb_status: 'pending' },
    };
    expect(canBeTaken('liveness', verifying)).toBe(false);
    expect(canBeTaken('completion', verifying)).toBe(true);
  });
});

describe('onboarding', () => {
  it('says what is done, what is next, and what is still missing', async () => {
    renderApp(PAGE, answers);
    expect((await screen.findByText(/steps done/)).textContent).toBe(
      '1 of 6 steps done. Next: Business details.',
    );
    expect(screen.getByText('Still without a proof of ownership and address.')).toBeTruthy();
    expect(screen.getByRole('button', { name: /Change.*Ana Souza/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Complete' })).toBeNull();
  });

  it('keeps the papers and the owners that nothing is said of', async () => {
    const { requests } = renderApp(PAGE, answers);
    await userEvent.click(await screen.findByRole('button', { name: 'Change the papers' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.selectOptions(
      dialog.getByLabelText('The proof of address is a'),
      'Utility bill',
    );
    await userEvent.click(dialog.getByRole('button', { name: 'Submit the papers' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = requests.find(({ request }) => request.method === 'PUT')?.request;
    expect(await sent?.json()).toMatchObject({
      incorporation_doc_file: 'https://files.example/old.pdf',
      proof_of_ownership_doc_file: null,
      proof_of_address_doc_type: 'UTILITY_BILL',
      owners: [ANA],
    });
  });

  it('removes an owner and leaves the papers', async () => {
    const { requests } = renderApp(PAGE, answers);
    await userEvent.click(await screen.findByRole('button', { name: /Remove.*Ana Souza/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Remove the owner' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const sent = requests.find(({ request }) => request.method === 'PUT')?.request;
    expect(await sent?.json()).toEqual({
      incorporation_doc_file: 'https://files.example/old.pdf',
      owners: [],
    });
  });

  it('wants a country from a profile before it is sent', async () => {
    renderApp(PAGE, answers);
    await userEvent.click(await screen.findByRole('button', { name: /Fill in.*Business profile/ }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Submit the profile' }));
    await dialog.findByText('Add at least one country.');
    await userEvent.selectOptions(dialog.getByLabelText('Where most of it goes'), 'Brazil');
    await userEvent.click(dialog.getByRole('button', { name: /Add/ }));
    expect(dialog.getByRole('button', { name: 'Take Brazil out' })).toBeTruthy();
  });
});
