import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApplicationId, RoundId } from '../../../../shared/contracts/rounds.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

function useRefresh() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['applications'] });
}

/** Applies for one child, or for several who want to be together. */
export function useApply(roundId: RoundId) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (wanted: BodyOf<'POST /v1/rounds/{roundId}/applications'>) =>
      once(`apply.${roundId}`, wanted, (key) =>
        callApi('POST /v1/rounds/{roundId}/applications', { path: { roundId }, body: wanted, key }),
      ),
    onSettled,
  });
}

/** Other wishes, or another group. */
export function useChange(roundId: RoundId, applicationId: ApplicationId) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (wanted: BodyOf<'POST /v1/rounds/{roundId}/applications/{applicationId}/change'>) =>
      callApi('POST /v1/rounds/{roundId}/applications/{applicationId}/change', {
        path: { roundId, applicationId },
        body: wanted,
      }),
    onSettled,
  });
}

export function useWithdraw(roundId: RoundId, applicationId: ApplicationId) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: () =>
      callApi('POST /v1/rounds/{roundId}/applications/{applicationId}/withdraw', {
        path: { roundId, applicationId },
      }),
    onSettled,
  });
}
