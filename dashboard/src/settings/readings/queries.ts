import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { unwrap } from '../../api/problem';

export function readingsQuery(instanceId: string) {
  return infiniteQueryOptions({
    queryKey: ['readings', instanceId],
    queryFn: ({ pageParam, signal }) =>
      unwrap(
        api.GET('/v1/instances/{instance_id}/audit-log-readings', {
          params: {
            path: { instance_id: instanceId },
            query: pageParam === null ? {} : { starting_after: pageParam },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.pagination.next_page,
    select: ({ pages }) => pages.flatMap(({ data }) => data),
  });
}
