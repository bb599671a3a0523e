import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Grant, GrantRight } from '../../../../shared/contracts/people.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

type Grants = { held: Grant[]; given: Grant[] };

/** The grants of these people: one's own, and those of the children one speaks for. */
export const useGrants = (personIds: PersonId[]) =>
  useQueries({
    queries: personIds.map((personId) => ({
      queryKey: ['grants', personId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<Grants>(`/v1/people/${personId}/grants`, undefined, signal),
    })),
    combine: (results) => ({
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error ?? null,
      all: results.flatMap(({ data }) => (data ? [data] : [])),
    }),
  });

function useRefresh() {
  const queryClient = useQueryClient();
  return () =>
    Promise.all(['grants', 'invitations', 'me'].map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

type NewGrant = { kind: 'guardian' | 'proxy'; subjectId: PersonId; holderPhone: string };

/** Asks another adult to act. The answer does not tell whether the number is known. */
export function useGiveGrant() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (grant: NewGrant) =>
      once('give-grant', grant, (key) => api.post<{ accepted: true }>('/v1/grants', grant, key)),
    onSuccess: refresh,
  });
}

/** What the holder of this grant may do from now on. */
export function useChangeRights({ grantId, subject }: Grant) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (rights: GrantRight[]) =>
      api.patch<{ grant: Grant }>(`/v1/people/${subject.personId}/grants/${grantId}`, { rights }),
    onSettled: refresh,
  });
}

/** Ends a grant, by either side. */
export function useEndGrant() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ grantId, subject }: Grant) =>
      once('end-grant', grantId, (key) =>
        api.postQuietly(`/v1/people/${subject.personId}/grants/${grantId}/end`, {}, key),
      ),
    onSuccess: refresh,
  });
}
