import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Application } from '../../../../shared/contracts/rounds.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

function useRefresh() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['applications'] });
}

type Wishes = { wishes: string[]; groupId?: string };
type Answer = { application: Application };

/** Applies for one child, or for several who want to be together. */
export function useApply(roundId: string) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (wanted: Wishes & { childIds: string[] }) =>
      once(`apply.${roundId}`, wanted, (key) => api.post<Answer>(`/v1/rounds/${roundId}/applications`, wanted, key)),
    onSettled,
  });
}

/** Other wishes, or another group. */
export function useChange(roundId: string, applicationId: string) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (wanted: Wishes) =>
      once(`change.${applicationId}`, wanted, (key) =>
        api.post<Answer>(`/v1/rounds/${roundId}/applications/${applicationId}/change`, wanted, key),
      ),
    onSettled,
  });
}

export function useWithdraw(roundId: string, applicationId: string) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: () =>
      once(`withdraw.${applicationId}`, {}, (key) =>
        api.postQuietly(`/v1/rounds/${roundId}/applications/${applicationId}/withdraw`, {}, key),
      ),
    onSettled,
  });
}
