import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { SelectField, TextField } from '../../ui/Field';
import { plain } from '../../ui/hostile';
import { customerName } from './names';
import { customerQuery, customersQuery } from './queries';

interface CustomerFieldProps {
  instanceId: string;
  /** Empty while none is chosen. */
  value: string;
  onChange: (customerId: string) => void;
}

/** One of the customers for whom payments can be made: those whose identity is confirmed. */
export function CustomerField({ instanceId, value, onChange }: CustomerFieldProps) {
  const [name, setName] = useState('');
  const wanted = name.trim();
  const { data: found = [], hasNextPage } = useInfiniteQuery(
    customersQuery(instanceId, wanted ? { full_name: wanted } : {}),
  );
  const chosen = useQuery({ ...customerQuery(instanceId, value), enabled: value !== '' });
  const isListed = found.some(({ id }) => id === value);
  const customers = (chosen.data && !isListed ? [chosen.data, ...found] : found).filter(
    ({ kyc_status }) => kyc_status === 'approved' || kyc_status === 'approved_rfi',
  );

  return (
    <>
      <TextField
        label="Find a customer"
        type="search"
        placeholder="Name"
        value={name}
        onChange={(event) => setName(event.target.value)}
        hint={hasNextPage ? 'The newest that match are listed.' : undefined}
      />
      <SelectField
        label="Customer"
        required
        value={value}
        onChange={(event) => onChange(event.target.value)}
        options={[
          { value: '', label: customers.length === 0 ? 'No approved customer' : '–' },
          ...customers.map((customer) => ({
            value: customer.id,
            label: `${plain(customerName(customer))} · ${plain(customer.email)}`,
          })),
        ]}
      />
    </>
  );
}
