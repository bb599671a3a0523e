import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CenterId, PersonId } from '../../../../shared/contracts/common.ts';
import type { NoShow } from '../../../../shared/contracts/no-shows.ts';
import { callApi } from '../../lib/api.ts';

/** A person's no-shows, each with its log, and the limit that follows. */
export const useNoShows = (personId: PersonId) =>
  useQuery({
    queryKey: ['no-shows', personId],
    queryFn: ({ signal }) => callApi('GET /v1/people/{personId}/standing', { path: { personId }, signal }),
  });

type One = Pick<NoShow, 'personId' | 'bookingId'>;
const touched = ['no-shows', 'appeals', 'bookings', 'board'];

/** Contests a no-show, once. */
export function useAppeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ reason, ...one }: One & { reason: string }) =>
      callApi('POST /v1/people/{personId}/no-shows/{bookingId}/appeal', {
        path: { personId: one.personId, bookingId: one.bookingId },
        body: { reason },
      }),
    onSettled: () => Promise.all(touched.map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}

/** What people contest at a center, the open ones first. */
export const useAppeals = (centerId: CenterId) =>
  useQuery({
    queryKey: ['appeals', centerId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/centers/{centerId}/no-show-appeals', { path: { centerId }, signal })).noShows,
    // Names of residents: not kept once the page is closed.
    gcTime: 0,
  });

/** The center's word on an appeal; without one a mistaken mark is taken back. */
export function useDecideAppeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ accept, reason, ...one }: One & { accept: boolean; reason: string }) =>
      callApi('POST /v1/people/{personId}/no-shows/{bookingId}/decision', {
        path: { personId: one.personId, bookingId: one.bookingId },
        body: { accept, reason },
      }),
    onSettled: () => Promise.all(touched.map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
