import { Problem } from '../../api/problem';
import { CheckField, SelectField, TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { CountriesField } from './CountriesField';
import { textOrNull } from './form';
import { type BusinessProfile, saveProfile } from './queries';
import type { StepDialogProps } from './steps';
import { INDUSTRIES, optionsOf, SCENARIOS, VOLUMES } from './words';

/** Asks what the business does. */
export function ProfileDialog({ instanceId, onboarding, ...ends }: StepDialogProps) {
  const before = onboarding.profile;
  return (
    <FormDialog
      title="Business profile"
      submit="Submit the profile"
      onSubmit={async (fields) => saveProfile(instanceId, readProfile(fields))}
      {...ends}
    >
      <SelectField
        label="How it holds money"
        name="scenario"
        options={optionsOf(SCENARIOS)}
        defaultValue={before?.scenario}
      />
      <TextField
        label="What it does, in a sentence"
        name="scenario_description"
        maxLength={2048}
        defaultValue={before?.scenario_description ?? ''}
      />
      <SelectField
        label="Industry"
        name="business_industry"
        options={optionsOf(INDUSTRIES)}
        defaultValue={before?.business_industry}
      />
      <TextField
        label="Website"
        name="website"
        type="url"
        placeholder="https://example.com"
        defaultValue={before?.website ?? ''}
      />
      <SelectField
        label="Expected to move in a month"
        name="estimated_volume_per_month"
        options={optionsOf(VOLUMES)}
        defaultValue={before?.estimated_volume_per_month}
      />
      <CountriesField
        label="Where most of it goes"
        name="top_volume_by_country"
        defaultValue={before?.top_volume_by_country ?? []}
      />
      <CheckField
        label="It checks who its customers are"
        name="has_kyc_screening"
        defaultChecked={before?.has_kyc_screening ?? false}
      />
      <CheckField
        label="It is regulated"
        name="is_regulated"
        defaultChecked={before?.is_regulated ?? false}
      />
    </FormDialog>
  );
}

function readProfile(fields: FormData): BusinessProfile {
  const countries = fields.getAll('top_volume_by_country').map(String);
  if (countries.length === 0) {
    throw new Problem(0, { description: 'Add at least one country.' });
  }
  const text = (name: keyof BusinessProfile) => textOf(fields, name) ?? '';
  return {
    scenario: text('scenario') as BusinessProfile['scenario'],
    scenario_description: textOrNull(fields, 'scenario_description'),
    business_industry: text('business_industry') as BusinessProfile['business_industry'],
    website: textOrNull(fields, 'website'),
    estimated_volume_per_month: text(
      'estimated_volume_per_month',
    ) as BusinessProfile['estimated_volume_per_month'],
    top_volume_by_country: countries,
    has_kyc_screening: fields.has('has_kyc_screening'),
    is_regulated: fields.has('is_regulated'),
  };
}
