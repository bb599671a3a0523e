import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { GroupClaim, RoundId, RoundRequest } from '../../../../shared/contracts/rounds.ts';
import { callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** Opens a round; its sessions show at once that their places are drawn. */
export function useOpenRound() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: RoundRequest) =>
      once('open-round', request, (key) => callApi('POST /v1/rounds', { body: request, key })),
    onSettled: () =>
      Promise.all(['rounds', 'sessions', 'session'].map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Who claims a group, a page at a time. Names: not kept afterwards. */
export const useClaims = (roundId: RoundId, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['claims', roundId],
    queryFn: ({ signal, pageParam }) =>
      callApi('GET /v1/rounds/{roundId}/claims', { path: { roundId }, query: { cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    enabled,
    gcTime: 0,
  });

/** Confirms the group that is shown, or takes it back. */
export function useDecideClaim(roundId: RoundId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ applicationId, groupId, confirmed }: Pick<GroupClaim, 'applicationId' | 'groupId' | 'confirmed'>) =>
      callApi('POST /v1/rounds/{roundId}/claims/{applicationId}', {
        path: { roundId, applicationId },
        body: { groupId, confirmed },
      }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['claims', roundId] }),
  });
}
