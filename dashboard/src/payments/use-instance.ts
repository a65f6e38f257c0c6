import { useQuery } from '@tanstack/react-query';
import type { Instance } from '../api/types';
import { instancesQuery } from '../identity/queries';

/** The instance that one is in, once it is known. */
export function useInstance(instanceId: string): Instance | undefined {
  const { data: instances } = useQuery(instancesQuery);
  return instances?.find(({ id }) => id === instanceId);
}
