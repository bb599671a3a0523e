import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Person, ReadLogEntry } from '../../../../shared/contracts/people.ts';
import { api } from '../../lib/api.ts';

type Change = { name?: string; birthDate?: string; district?: string; school?: string };

/** The record of somebody one may act for. */
export const usePerson = (personId: PersonId) =>
  useQuery({
    queryKey: ['person', personId],
    queryFn: async ({ signal }) =>
      (await api.get<{ person: Person }>(`/v1/people/${personId}`, undefined, signal)).person,
  });

/** Changes a record as one has read it; a change by somebody else in between is refused as `precondition-failed`. */
export function useChangeProfile({ personId, version }: Person) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (change: Change) => api.patch<{ person: Person }>(`/v1/people/${personId}`, change, `"${version}"`),
    onSettled: () =>
      Promise.all(['me', 'household', 'person'].map((name) => queryClient.invalidateQueries({ queryKey: [name] }))),
  });
}

/** Every look that staff took at this person's data. */
export const useReads = (personId: PersonId) =>
  useQuery({
    queryKey: ['reads', personId],
    queryFn: async ({ signal }) =>
      (await api.get<{ reads: ReadLogEntry[] }>(`/v1/people/${personId}/reads`, undefined, signal)).reads,
  });
