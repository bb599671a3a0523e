import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Booking } from '../../../../shared/contracts/bookings.ts';
import type { PersonId, SessionId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import type { Waiting } from '../../../../shared/contracts/waitlist.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const REFRESH_MS = 30_000;
/** The number of who has just joined follows in a moment. */
const SOON_MS = 2_000;

/** Where oneself and everybody one may act for stand in line; asked again while one looks, because the line moves. */
export const useWaitlists = (enabled = true) =>
  useQuery({
    queryKey: ['waiting'],
    queryFn: async ({ signal }) => (await api.get<{ waiting: Waiting[] }>('/v1/waiting', undefined, signal)).waiting,
    refetchInterval: ({ state }) => (state.data?.some(({ number }) => number === undefined) ? SOON_MS : REFRESH_MS),
    enabled,
  });

type Wanted = { sessionIds: [string]; beneficiaryIds: PersonId[]; ifFull: 'wait'; payWith?: PayWith };
/** A place in line; or bookings, when a place came free at that moment. */
export type Joined = { bookings: Booking[]; waiting?: Waiting };

const lists = ['waiting', 'sessions', 'session', 'bookings'];

/** Puts a party at the end of the line of one session. The same wish sent twice is one place. */
export function useJoinWaitlist() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      sessionId,
      party,
      payWith,
    }: {
      sessionId: SessionId;
      party: string[];
      payWith?: PayWith | undefined;
    }) => {
      const means = payWith ? { payWith } : {};
      const wanted: Wanted = { sessionIds: [sessionId], beneficiaryIds: party, ifFull: 'wait', ...means };
      return once(`wait.${sessionId}`, wanted, (key) => api.post<Joined>('/v1/session-bookings', wanted, key));
    },
    onSettled: () => Promise.all(lists.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Leaves the line; leaving twice is leaving once. */
export function useLeaveWaitlist() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, sessionId }: Waiting) =>
      api.postQuietly(`/v1/people/${personId}/waiting/${sessionId}/leave`, {}),
    onSettled: () => Promise.all(lists.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}
