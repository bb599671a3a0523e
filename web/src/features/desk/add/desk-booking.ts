import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CenterId } from '../../../../../shared/contracts/common.ts';
import { type BodyOf, callApi } from '../../../lib/api.ts';
import { once } from '../../../lib/intent.ts';
import { reloadBoard } from '../board.ts';

type DeskBooking = BodyOf<'POST /v1/centers/{centerId}/bookings'>;

/** Books someone on their behalf: all sessions or none. */
export function useDeskBooking(centerId: CenterId) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: DeskBooking) =>
      once('desk-booking', { centerId, ...body }, (key) =>
        callApi('POST /v1/centers/{centerId}/bookings', { path: { centerId }, body, key }),
      ),
    // Not waited for: the answer is shown at once.
    onSettled: () => {
      void reloadBoard(client, centerId);
      void client.invalidateQueries({ queryKey: ['sessions'] });
    },
  });
}
