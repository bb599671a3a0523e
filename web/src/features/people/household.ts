import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HouseholdId, MergeId } from '../../../../shared/contracts/common.ts';
import type { Household, Person } from '../../../../shared/contracts/people.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

export const useHousehold = (householdId: HouseholdId | undefined) =>
  useQuery({
    queryKey: ['household', householdId],
    queryFn: ({ signal }) => api.get<Household>(`/v1/households/${householdId}`, undefined, signal),
    enabled: householdId !== undefined,
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
      once('create-household', name, (key) => api.post<Household>('/v1/households', { name }, key)),
    onSuccess: refresh,
  });
}

/** Takes a merge back: its members and grants. */
export function useUndoMerge(householdId: HouseholdId, mergeId: MergeId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () =>
      once('undo-merge', mergeId, (key) =>
        api.postQuietly(`/v1/households/${householdId}/merges/${mergeId}/undo`, {}, key),
      ),
    onSuccess: refresh,
  });
}

export type NewMember = {
  name: string;
  birthDate: string;
  role: 'child' | 'elder';
  cardNumber?: string;
  school?: string;
};

export function useAddMember(householdId: HouseholdId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (member: NewMember) =>
      // The card number stays out of session storage; name, role and birth date tell one intent from another.
      once('add-member', { ...member, cardNumber: undefined }, (key) =>
        api.post<{ person: Person }>(`/v1/households/${householdId}/members`, member, key),
      ),
    onSuccess: refresh,
  });
}
