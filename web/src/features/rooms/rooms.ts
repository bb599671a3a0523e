import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { OfferingId, PersonId, RoomId } from '../../../../shared/contracts/common.ts';
import type { RoomDay } from '../../../../shared/contracts/rooms.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** A week of a room: what is open, taken and free, by the buffers of this kind of use. */
export const useAvailability = (roomId: RoomId, from: string, offeringId?: OfferingId) =>
  useQuery({
    queryKey: ['availability', roomId, from, offeringId ?? 'plain'],
    queryFn: async ({ signal }) =>
      (await api.get<{ days: RoomDay[] }>(`/v1/rooms/${roomId}/availability`, { from, days: 7, offeringId }, signal))
        .days,
    placeholderData: keepPreviousData,
  });

type Wanted = {
  date: string;
  startsAt: string;
  endsAt: string;
  beneficiaryId: PersonId;
  purpose: string;
  offeringId?: OfferingId;
  with?: string[];
  /** The price that is shown: another one is refused. */
  priceFen?: number;
};

/** Books a stretch of a room. Afterwards, booked or refused, the free times are asked for again. */
export function useBookRoom(roomId: RoomId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) =>
      once(`book-room.${roomId}`, wanted, (key) =>
        api.post<{ booking: Booking }>(`/v1/rooms/${roomId}/bookings`, wanted, key),
      ),
    onSettled: () =>
      Promise.all(
        ['availability', 'rooms-week', 'bookings', 'allowances'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
}
