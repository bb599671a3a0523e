import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** Books all of it, or none. The same wish sent twice is one booking. */
export function useBookSessions() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (wanted: BodyOf<'POST /v1/session-bookings'>) =>
      once('book-sessions', wanted, (key) => callApi('POST /v1/session-bookings', { body: wanted, key })),
    onSettled: () =>
      Promise.all(
        ['sessions', 'session', 'bookings', 'allowances'].map((name) =>
          queryClient.invalidateQueries({ queryKey: [name] }),
        ),
      ),
  });
}
