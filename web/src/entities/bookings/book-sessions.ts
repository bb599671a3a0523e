import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { PersonId, SessionId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** Everybody into every session; or each place by itself. */
type Wanted = (
  | { sessionIds: SessionId[]; beneficiaryIds: PersonId[] }
  | { places: { sessionId: SessionId; beneficiaryId: PersonId }[] }
) & { payWith?: PayWith };

/** Books all of it, or none. The same wish sent twice is one booking. */
export function useBookSessions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) =>
      once('book-sessions', wanted, (key) => api.post<{ bookings: Booking[] }>('/v1/session-bookings', wanted, key)),
    onSettled: () =>
      Promise.all(
        ['sessions', 'session', 'bookings', 'allowances'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
}
