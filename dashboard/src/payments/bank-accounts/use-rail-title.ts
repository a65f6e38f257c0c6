import { useQuery } from '@tanstack/react-query';
import { humanise } from '../../ui/words';
import { railsQuery } from './queries';

/** What people call a rail. */
export function useRailTitle(): (rail: string) => string {
  const { data: rails } = useQuery(railsQuery);
  return (rail) => rails?.find(({ value }) => value === rail)?.label ?? humanise(rail);
}
