import { useQuery } from '@tanstack/react-query';
import ROLES from '../api/roles.json';
import { instancesQuery } from './queries';

export type Area = keyof typeof ROLES;
export type May = (area: Area, access: 'R' | 'W') => boolean;

/** What the reader may do in an instance; the server decides again, this only spares them a refusal. */
export function useMay(instanceId: string): May {
  const { data: instances } = useQuery(instancesQuery);
  const role = instances?.find(({ id }) => id === instanceId)?.user_role;
  return (area, access) => {
    const letter = Object.entries(ROLES[area]).find(([name]) => name === role)?.[1];
    return letter === 'W' || letter === access;
  };
}
