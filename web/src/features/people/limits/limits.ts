import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CourtLimitId, PersonId } from '../../../../../shared/contracts/common.ts';
import type { CourtLimit, CourtLimits } from '../../../../../shared/contracts/people.ts';
import { api } from '../../../lib/api.ts';
import { once } from '../../../lib/intent.ts';

/** Who acts for a person, for which children they act, and the limits. Each look is logged with the reason. */
export const useLimits = (personId: PersonId | undefined, reason: string) =>
  useQuery({
    queryKey: ['limits', personId, reason],
    queryFn: ({ signal }) => api.get<CourtLimits>(`/v1/people/${personId}/limits`, { reason }, signal),
    enabled: personId !== undefined,
    // Every look is logged, so the page takes none by itself.
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export type Decision = { reason: string; documentNumber: string };

function useRefresh() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['limits'] });
}

/** Reason and document stay out of session storage: who is limited for whom tells one intent from another. */
export function useSetLimit(childId: PersonId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ adultId, ...decision }: Decision & { adultId: string }) =>
      once('set-limit', { childId, adultId }, (key) =>
        api.post<{ limit: CourtLimit }>(`/v1/people/${childId}/limits`, { adultId, ...decision }, key),
      ),
    onSuccess: refresh,
  });
}

export function useLiftLimit(childId: PersonId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ limitId, ...decision }: Decision & { limitId: CourtLimitId }) =>
      once('lift-limit', limitId, (key) =>
        api.post<{ limit: CourtLimit }>(`/v1/people/${childId}/limits/${limitId}/lift`, decision, key),
      ),
    onSuccess: refresh,
  });
}
