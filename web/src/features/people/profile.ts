import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Person } from '../../../../shared/contracts/people.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';

/** The record of somebody one may act for. */
export const usePerson = (personId: PersonId) =>
  useQuery({
    queryKey: ['person', personId],
    queryFn: async ({ signal }) => (await callApi('GET /v1/people/{personId}', { path: { personId }, signal })).person,
  });

/** Changes a record as one has read it; a change by somebody else in between is refused as `precondition-failed`. */
export function useChangeProfile({ personId, version }: Person) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: BodyOf<'PATCH /v1/people/{personId}'>) =>
      callApi('PATCH /v1/people/{personId}', { path: { personId }, body: change, ifMatch: `"${version}"` }),
    onSettled: () =>
      Promise.all(['me', 'household', 'person'].map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Every look that staff took at this person's data. */
export const useReads = (personId: PersonId) =>
  useQuery({
    queryKey: ['reads', personId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/people/{personId}/reads', { path: { personId }, signal })).reads,
  });
