import { Fact, Facts } from '../../ui/Facts';
import { When } from '../../ui/When';
import { countryName, humanise } from '../../ui/words';
import { FileLink } from '../../uploads/FileLink';
import type { FieldSpec } from '../fields';
import { textOfValue } from '../fields';
import { sectionsOf } from './fields';
import { customerName } from './names';
import type { Customer } from './queries';

/** Who a customer is: what is known of it, under the same titles as in the form that asked. */
export function CustomerDetails({ customer }: { customer: Customer }) {
  const known: Readonly<Record<string, unknown>> = customer;
  return (
    <Facts>
      <Fact label="Id" value={customer.id} mono />
      <Fact label="Type" value={humanise(customer.type)} />
      <Fact label="Verification" value={humanise(customer.kyc_type)} />
      <Fact label="E-mail address" value={customer.email} />
      <Fact label="Country" value={countryName(customer.country) ?? customer.country} />
      <Fact label="Your own reference" value={customer.external_id} />
      {sectionsOf(customer, false)
        .flatMap(({ fields }) => fields)
        .map((spec) => (
          <KnownField key={spec.name} spec={spec} value={textOfValue(known[spec.name])} />
        ))}
      {customer.owners.map((owner) => (
        <Fact
          key={owner.id}
          label={humanise(owner.role)}
          value={customerName({ ...owner, legal_name: null })}
        />
      ))}
      <Fact label="Terms of service" value={customer.tos_id} mono />
      <Fact label="Created">
        <When at={customer.created_at} />
      </Fact>
      <Fact label="Changed">
        <When at={customer.updated_at} />
      </Fact>
    </Facts>
  );
}

function KnownField({ spec, value }: { spec: FieldSpec; value: string | undefined }) {
  if (value === undefined) return null;
  if (spec.kind === 'file') {
    return (
      <Fact label={spec.label}>
        <FileLink url={value}>Open the file</FileLink>
      </Fact>
    );
  }
  return <Fact label={spec.label} value={wordsFor(spec, value)} />;
}

function wordsFor({ kind, options }: FieldSpec, value: string): string {
  if (kind === 'country') return countryName(value) ?? value;
  if (kind === 'yes-no') return value === 'true' ? 'Yes' : 'No';
  return options?.find((option) => option.value === value)?.label ?? value;
}
