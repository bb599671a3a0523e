import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SessionId } from '../../../../shared/contracts/common.ts';
import type { PayWith } from '../../../../shared/contracts/passes.ts';
import type { Waiting } from '../../../../shared/contracts/waitlist.ts';
import { type AnswerOf, type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

const REFRESH_MS = 30_000;
/** The number of who has just joined follows in a moment. */
const SOON_MS = 2_000;

/** Where oneself and everybody one may act for stand in line; asked again while one looks, because the line moves. */
export const useWaitlists = (enabled = true) =>
  useQuery({
    queryKey: ['waiting'],
    queryFn: async ({ signal }) => (await callApi('GET /v1/waiting', { signal })).waiting,
    refetchInterval: ({ state }) => (state.data?.some(({ number }) => number === undefined) ? SOON_MS : REFRESH_MS),
    enabled,
  });

/** A place in line; or bookings, when a place came free at that moment. */
export type Joined = AnswerOf<'POST /v1/session-bookings'>;

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
      const wanted: BodyOf<'POST /v1/session-bookings'> = {
        sessionIds: [sessionId],
        beneficiaryIds: party,
        ifFull: 'wait',
        ...means,
      };
      return once(`wait.${sessionId}`, wanted, (key) => callApi('POST /v1/session-bookings', { body: wanted, key }));
    },
    onSettled: () => Promise.all(lists.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Leaves the line; leaving twice is leaving once. */
export function useLeaveWaitlist() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, sessionId }: Waiting) =>
      callApi('POST /v1/people/{personId}/waiting/{sessionId}/leave', { path: { personId, sessionId } }),
    onSettled: () => Promise.all(lists.map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}
