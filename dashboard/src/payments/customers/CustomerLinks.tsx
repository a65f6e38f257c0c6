import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Text } from '../../ui/Text';
import { customerName } from './names';
import { customerQuery } from './queries';

interface CustomerLinkProps {
  instanceId: string;
  customerId: string;
  /** The part of its page. */
  tab?: string;
}

/** A customer by its name, once that is known; the id stands in for who is not there any more. */
export function CustomerLink({ instanceId, customerId, tab }: CustomerLinkProps) {
  const { data: customer, isError } = useQuery(customerQuery(instanceId, customerId));
  if (isError) return <Text value={customerId} className="mono" />;
  return (
    <Link
      to="/instances/$instanceId/customers/$customerId"
      params={{ instanceId, customerId }}
      search={tab === undefined ? {} : { tab }}
    >
      <Text value={customer ? customerName(customer) : customerId} />
    </Link>
  );
}

/** The way up from what belongs to a customer. */
export function CustomerLinks(props: CustomerLinkProps) {
  const { instanceId } = props;
  return (
    <>
      <Link to="/instances/$instanceId/customers" params={{ instanceId }}>
        Customers
      </Link>
      <span aria-hidden>/</span>
      <CustomerLink {...props} />
    </>
  );
}
