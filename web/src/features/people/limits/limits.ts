import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CourtLimitId, PersonId } from '../../../../../shared/contracts/common.ts';
import { type BodyOf, callApi } from '../../../lib/api.ts';
import { once } from '../../../lib/intent.ts';

/** Who acts for a person, for which children they act, and the limits. Each look is logged with the reason. */
export const useLimits = (personId: PersonId | undefined, reason: string) =>
  useQuery({
    queryKey: ['limits', personId, reason],
    queryFn: personId
      ? ({ signal }) => callApi('GET /v1/people/{personId}/limits', { path: { personId }, query: { reason }, signal })
      : skipToken,
    // Every look is logged, so the page takes none by itself.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

/** Why, and by which document. */
export type Decision = BodyOf<'POST /v1/people/{personId}/limits/{limitId}/lift'>;

function useRefresh() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['limits'] });
}

/** Reason and document stay out of session storage: who is limited for whom tells one intent from another. */
export function useSetLimit(childId: PersonId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ adultId, ...decision }: BodyOf<'POST /v1/people/{personId}/limits'>) =>
      once('set-limit', { childId, adultId }, (key) =>
        callApi('POST /v1/people/{personId}/limits', {
          path: { personId: childId },
          body: { adultId, ...decision },
          key,
        }),
      ),
    onSuccess: refresh,
  });
}

export function useLiftLimit(childId: PersonId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ limitId, ...decision }: Decision & { limitId: CourtLimitId }) =>
      once('lift-limit', limitId, (key) =>
        callApi('POST /v1/people/{personId}/limits/{limitId}/lift', {
          path: { personId: childId, limitId },
          body: decision,
          key,
        }),
      ),
    onSuccess: refresh,
  });
}
