import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BillingDetails } from '../../api/types';
import { PageSection } from '../../shell/Page';
import { Button } from '../../ui/Button';
import { CountryField } from '../../ui/CountryField';
import { Fact, Facts } from '../../ui/Facts';
import { TextField } from '../../ui/Field';
import { FormDialog, textOf } from '../../ui/FormDialog';
import { Loaded } from '../../ui/Loaded';
import { Text } from '../../ui/Text';
import { countryName } from '../../ui/words';
import { detailsQuery, saveDetails } from './queries';

interface DetailsProps {
  instanceId: string;
  mayWrite: boolean;
}

/** To whom invoices go. */
export function Details({ instanceId, mayWrite }: DetailsProps) {
  const details = useQuery(detailsQuery(instanceId));
  const queryClient = useQueryClient();
  const [changing, setChanging] = useState(false);
  return (
    <PageSection
      title="Billing details"
      lead="To whom invoices go, and who gets a copy."
      action={
        mayWrite &&
        details.data && (
          <Button onClick={() => setChanging(true)}>
            Change<span className="sr-only"> the billing details</span>
          </Button>
        )
      }
    >
      <Loaded label="Billing details" query={details}>
        {(found) => <DetailsFacts details={found} />}
      </Loaded>
      {changing && details.data && (
        <DetailsDialog
          instanceId={instanceId}
          details={details.data}
          onDone={() => {
            setChanging(false);
            queryClient.invalidateQueries({ queryKey: ['billing', instanceId, 'details'] });
          }}
          onClose={() => setChanging(false)}
        />
      )}
    </PageSection>
  );
}

function DetailsFacts({ details }: { details: BillingDetails }) {
  const place = [details.postal_code, details.city, details.state_province_region];
  const lines = [details.address_line_1, details.address_line_2, place.filter(Boolean).join(' ')];
  return (
    <Facts>
      <Fact label="Name">
        <Given text={details.name} />
      </Fact>
      <Fact label="E-mail">
        <Given text={details.email} />
      </Fact>
      <Fact label="Tax id">
        <Given text={details.tax_id} />
      </Fact>
      <Fact label="Address">
        <Given text={lines.filter(Boolean).join(', ')} />
      </Fact>
      <Fact label="Country">
        <Given text={countryName(details.country) ?? details.country} />
      </Fact>
      <Fact label="Copies to">
        <Given text={details.copy_emails.join(', ')} />
      </Fact>
    </Facts>
  );
}

function Given({ text }: { text: string }) {
  return text === '' ? '–' : <Text value={text} />;
}

interface DetailsDialogProps {
  instanceId: string;
  details: BillingDetails;
  onDone: () => void;
  onClose: () => void;
}

function DetailsDialog({ instanceId, details, onDone, onClose }: DetailsDialogProps) {
  const field = (name: Exclude<keyof BillingDetails, 'copy_emails'>, label: string) => (
    <TextField label={label} name={name} maxLength={255} defaultValue={details[name]} />
  );
  return (
    <FormDialog
      title="Change the billing details"
      submit="Save the details"
      onSubmit={(fields) => saveDetails(instanceId, readDetails(fields))}
      onDone={onDone}
      onClose={onClose}
    >
      {field('name', 'Name')}
      <TextField label="E-mail" name="email" type="email" defaultValue={details.email} />
      {field('tax_id', 'Tax id')}
      {field('address_line_1', 'Address')}
      {field('address_line_2', 'Address, second line')}
      {field('postal_code', 'Postal code')}
      {field('city', 'City')}
      {field('state_province_region', 'State or region')}
      <CountryField label="Country" name="country" defaultValue={details.country} />
      <TextField
        label="Copies to"
        name="copy_emails"
        defaultValue={details.copy_emails.join(', ')}
        hint="E-mail addresses, at most 20."
      />
    </FormDialog>
  );
}

function readDetails(fields: FormData): BillingDetails {
  const text = (name: keyof BillingDetails) => textOf(fields, name) ?? '';
  return {
    name: text('name'),
    email: text('email'),
    tax_id: text('tax_id'),
    address_line_1: text('address_line_1'),
    address_line_2: text('address_line_2'),
    city: text('city'),
    state_province_region: text('state_province_region'),
    postal_code: text('postal_code'),
    country: text('country'),
    copy_emails: text('copy_emails')
      .split(/[\s,;]+/)
      .filter(Boolean),
  };
}
