import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../../shared/contracts/bookings.ts';
import type { CenterId, PersonId, SessionId } from '../../../../../shared/contracts/common.ts';
import { api } from '../../../lib/api.ts';
import { once } from '../../../lib/intent.ts';
import { reloadBoard } from '../board.ts';

type DeskBooking = { sessionIds: SessionId[]; beneficiaryIds: PersonId[]; reason: string };

/** Books someone on their behalf: all sessions or none. */
export function useDeskBooking(centerId: CenterId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DeskBooking) =>
      once('desk-booking', { centerId, ...body }, (key) =>
        api.post<{ bookings: Booking[] }>(`/v1/centers/${centerId}/bookings`, body, key),
      ),
    // Not waited for: the answer is shown at once.
    onSettled: () => {
      void reloadBoard(client, centerId);
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
}
