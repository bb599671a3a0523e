import { useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Grant, GrantRight } from '../../../../shared/contracts/people.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** The grants of these people: one's own, and those of the children one speaks for. */
export const useGrants = (personIds: PersonId[]) =>
  useQueries({
    queries: personIds.map((personId) => ({
      queryKey: ['grants', personId],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        callApi('GET /v1/people/{personId}/grants', { path: { personId }, signal }),
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

type NewGrant = BodyOf<'POST /v1/grants'>;

/** Asks another adult to act. The answer does not tell whether the number is known. */
export function useGiveGrant() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (grant: NewGrant) =>
      once('give-grant', grant, (key) => callApi('POST /v1/grants', { body: grant, key })),
    onSuccess: refresh,
  });
}

/** What the holder of this grant may do from now on. */
export function useChangeRights({ grantId, subject }: Grant) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (rights: GrantRight[]) =>
      callApi('PATCH /v1/people/{personId}/grants/{grantId}', {
        path: { personId: subject.personId, grantId },
        body: { rights },
      }),
    onSettled: refresh,
  });
}

/** Ends a grant, by either side. */
export function useEndGrant() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ grantId, subject }: Grant) =>
      callApi('POST /v1/people/{personId}/grants/{grantId}/end', {
        path: { personId: subject.personId, grantId },
      }),
    onSuccess: refresh,
  });
}
