import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HouseholdId, MergeId } from '../../../../shared/contracts/common.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

export const useHousehold = (householdId: HouseholdId | undefined) =>
  useQuery({
    queryKey: ['household', householdId],
    queryFn: householdId
      ? ({ signal }) => callApi('GET /v1/households/{householdId}', { path: { householdId }, signal })
      : skipToken,
  });

/** What changes when the household does: its members, whom one may act for, the grants between them, and what a merge would bring. */
const touched = ['me', 'household', 'grants', 'invitations'];

function useRefresh() {
  const queryClient = useQueryClient();
  return () => Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

export function useCreateHousehold() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (name: string) =>
      once('create-household', name, (key) => callApi('POST /v1/households', { body: { name }, key })),
    onSuccess: refresh,
  });
}

/** Takes a merge back: its members and grants. */
export function useUndoMerge(householdId: HouseholdId, mergeId: MergeId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () =>
      callApi('POST /v1/households/{householdId}/merges/{mergeId}/undo', { path: { householdId, mergeId } }),
    onSuccess: refresh,
  });
}

export type NewMember = BodyOf<'POST /v1/households/{householdId}/members'>;

export function useAddMember(householdId: HouseholdId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (member: NewMember) =>
      // The card number stays out of session storage; name, role and birth date tell one intent from another.
      once('add-member', { ...member, cardNumber: undefined }, (key) =>
        callApi('POST /v1/households/{householdId}/members', { path: { householdId }, body: member, key }),
      ),
    onSuccess: refresh,
  });
}
