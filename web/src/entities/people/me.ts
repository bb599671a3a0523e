import { queryOptions, useQuery } from '@tanstack/react-query';
import { callApi } from '../../lib/api.ts';
import { useSignedInPersonId } from '../../lib/tokens.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => callApi('GET /v1/me', { signal }),
  staleTime: 60_000,
});

/** Who is signed in, for whom they may act, which posts they hold. Does not ask when nobody is signed in. */
export function useMe() {
  const personId = useSignedInPersonId();
  return useQuery({ ...meQuery, enabled: personId !== undefined });
}
