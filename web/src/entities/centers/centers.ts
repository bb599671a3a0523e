import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Center, Offering, OpeningDay, Room } from '../../../../shared/contracts/centers.ts';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import { api } from '../../lib/api.ts';

/** Centers, rooms and offerings change by the week, not by the minute. */
const STALE_MS = 10 * 60_000;

export const centersQuery = queryOptions({
  queryKey: ['centers'],
  queryFn: async ({ signal }) => (await api.get<{ centers: Center[] }>('/v1/centers', undefined, signal)).centers,
  staleTime: STALE_MS,
});
export const useCenters = () => useQuery(centersQuery);

type CenterAnswer = { center: Center; rooms: Room[]; offerings: Offering[] };

export const centerQuery = (centerId: CenterId) =>
  queryOptions({
    queryKey: ['centers', centerId],
    queryFn: ({ signal }) => api.get<CenterAnswer>(`/v1/centers/${centerId}`, undefined, signal),
    staleTime: STALE_MS,
  });
export const useCenter = (centerId: CenterId) => useQuery(centerQuery(centerId));

/** Opening of a center from `from` to `to`, both included. */
export const useOpening = (centerId: CenterId, from: string, to: string) =>
  useQuery({
    queryKey: ['opening', centerId, from, to],
    queryFn: async ({ signal }) =>
      (await api.get<{ days: OpeningDay[] }>(`/v1/centers/${centerId}/opening`, { from, to }, signal)).days,
    staleTime: STALE_MS,
  });
