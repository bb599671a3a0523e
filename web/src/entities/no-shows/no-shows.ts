import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CenterId, PersonId } from '../../../../shared/contracts/common.ts';
import type { NoShow, NoShows } from '../../../../shared/contracts/no-shows.ts';
import { api } from '../../lib/api.ts';

/** A person's no-shows, each with its log, and the limit that follows. */
export const useNoShows = (personId: PersonId) =>
  useQuery({
    queryKey: ['no-shows', personId],
    queryFn: ({ signal }) => api.get<NoShows>(`/v1/people/${personId}/standing`, undefined, signal),
  });

type One = Pick<NoShow, 'personId' | 'bookingId'>;
const pathOf = ({ personId, bookingId }: One): string => `/v1/people/${personId}/no-shows/${bookingId}`;
const touched = ['no-shows', 'appeals', 'bookings', 'board'];

/** Contests a no-show, once. */
export function useAppeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ reason, ...one }: One & { reason: string }) =>
      api.post<{ noShow: NoShow }>(`${pathOf(one)}/appeal`, { reason }),
    onSettled: () => Promise.all(touched.map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}

/** What people contest at a center, the open ones first. */
export const useAppeals = (centerId: CenterId) =>
  useQuery({
    queryKey: ['appeals', centerId],
    queryFn: async ({ signal }) =>
      (await api.get<{ noShows: NoShow[] }>(`/v1/centers/${centerId}/no-show-appeals`, undefined, signal)).noShows,
    // Names of residents: not kept once the page is closed.
    gcTime: 0,
  });

/** The center's word on an appeal; without one a mistaken mark is taken back. */
export function useDecideAppeal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ accept, reason, ...one }: One & { accept: boolean; reason: string }) =>
      api.post<{ noShow: NoShow }>(`${pathOf(one)}/decision`, { accept, reason }),
    onSettled: () => Promise.all(touched.map((name) => client.invalidateQueries({ queryKey: [name] }))),
  });
}
