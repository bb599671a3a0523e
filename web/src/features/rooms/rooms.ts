import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { OfferingId, RoomId } from '../../../../shared/contracts/common.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** A week of a room: what is open, taken and free, by the buffers of this kind of use. */
export const useAvailability = (roomId: RoomId, from: string, offeringId?: OfferingId) =>
  useQuery({
    queryKey: ['availability', roomId, from, offeringId ?? 'plain'],
    queryFn: async ({ signal }) =>
      (
        await callApi('GET /v1/rooms/{roomId}/availability', {
          path: { roomId },
          query: { from, days: 7, offeringId },
          signal,
        })
      ).days,
    placeholderData: keepPreviousData,
  });

/** Books a stretch of a room. Afterwards, booked or refused, the free times are asked for again. */
export function useBookRoom(roomId: RoomId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (wanted: BodyOf<'POST /v1/rooms/{roomId}/bookings'>) =>
      once(`book-room.${roomId}`, wanted, (key) =>
        callApi('POST /v1/rooms/{roomId}/bookings', { path: { roomId }, body: wanted, key }),
      ),
    onSettled: () =>
      Promise.all(
        ['availability', 'rooms-week', 'bookings', 'allowances'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
}
