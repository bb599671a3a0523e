import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { GroupId } from '../../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Application, ApplicationId, RoundId } from '../../../../shared/contracts/rounds.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

function useRefresh() {
  const queryClient = useQueryClient();
  return () => queryClient.invalidateQueries({ queryKey: ['applications'] });
}

type Wishes = { wishes: string[]; groupId?: GroupId };
type Answer = { application: Application };

/** Applies for one child, or for several who want to be together. */
export function useApply(roundId: RoundId) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (wanted: Wishes & { childIds: PersonId[] }) =>
      once(`apply.${roundId}`, wanted, (key) => api.post<Answer>(`/v1/rounds/${roundId}/applications`, wanted, key)),
    onSettled,
  });
}

/** Other wishes, or another group. */
export function useChange(roundId: RoundId, applicationId: ApplicationId) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: (wanted: Wishes) =>
      once(`change.${applicationId}`, wanted, (key) =>
        api.post<Answer>(`/v1/rounds/${roundId}/applications/${applicationId}/change`, wanted, key),
      ),
    onSettled,
  });
}

export function useWithdraw(roundId: RoundId, applicationId: ApplicationId) {
  const onSettled = useRefresh();
  return useMutation({
    mutationFn: () =>
      once(`withdraw.${applicationId}`, {}, (key) =>
        api.postQuietly(`/v1/rounds/${roundId}/applications/${applicationId}/withdraw`, {}, key),
      ),
    onSettled,
  });
}
