import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { callApi } from '../../lib/api.ts';

/** Centers, rooms and offerings change by the week, not by the minute. */
const STALE_MS = 10 * 60_000;

export const centersQuery = queryOptions({
  queryKey: ['centers'],
  queryFn: async ({ signal }) => (await callApi('GET /v1/centers', { signal })).centers,
  staleTime: STALE_MS,
});
export const useCenters = () => useQuery(centersQuery);

export const centerQuery = (centerId: CenterId) =>
  queryOptions({
    queryKey: ['centers', centerId],
    queryFn: ({ signal }) => callApi('GET /v1/centers/{centerId}', { path: { centerId }, signal }),
    staleTime: STALE_MS,
  });
export const useCenter = (centerId: CenterId) => useQuery(centerQuery(centerId));

/** Opening of a center from `from` to `to`, both included. */
export const useOpening = (centerId: CenterId, from: string, to: string) =>
  useQuery({
    queryKey: ['opening', centerId, from, to],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/centers/{centerId}/opening', { path: { centerId }, query: { from, to }, signal })).days,
    staleTime: STALE_MS,
  });
