import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HouseholdId } from '../../../../shared/contracts/common.ts';
import type { Invitation } from '../../../../shared/contracts/people.ts';
import { callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** What waits for my answer, and what of mine waits for others’. */
export const useInvitations = () =>
  useQuery({
    queryKey: ['invitations'],
    queryFn: ({ signal }) => callApi('GET /v1/invitations', { signal }),
  });

/** What an answer may change: the household, whom one may act for, and the grants. */
const touched = ['invitations', 'me', 'household', 'grants'];

function useRefresh() {
  const queryClient = useQueryClient();
  return () => Promise.all(touched.map((name) => queryClient.invalidateQueries({ queryKey: [name] })));
}

/** Asks another adult into the household, or to bring theirs. The answer does not tell whether the number is known. */
export function useInvite(householdId: HouseholdId, kind: 'household' | 'merge') {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (phone: string) =>
      once('invite', { householdId, kind, phone }, (key) =>
        callApi('POST /v1/households/{householdId}/invitations', { path: { householdId }, body: { phone, kind }, key }),
      ),
    onSuccess: refresh,
  });
}

export function useAccept() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ invitationId }: Invitation) =>
      callApi('POST /v1/invitations/{invitationId}/accept', { path: { invitationId } }),
    // Refused too: an invitation that is gone should leave the screen.
    onSettled: refresh,
  });
}

/** Says no to an invitation, or takes back one’s own. */
export function useEndInvitation(how: 'decline' | 'withdraw') {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: ({ invitationId }: Pick<Invitation, 'invitationId'>) =>
      callApi(`POST /v1/invitations/{invitationId}/${how}`, { path: { invitationId } }),
    onSettled: refresh,
  });
}

export function useLeaveHousehold(householdId: HouseholdId) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () =>
      once('leave-household', householdId, (key) =>
        callApi('POST /v1/households/{householdId}/leave', { path: { householdId }, key }),
      ),
    onSuccess: refresh,
  });
}
