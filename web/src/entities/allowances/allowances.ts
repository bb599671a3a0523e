import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Allowances, CityRules, GroupId } from '../../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { Pass, PassId, PassKind, Statement } from '../../../../shared/contracts/passes.ts';
import type { Person } from '../../../../shared/contracts/people.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** What a person has used and has left in the windows of a date, today unless told; their passes and funds. */
export const useAllowances = (personId: PersonId | undefined, on?: string) =>
  useQuery({
    queryKey: ['allowances', personId, on ?? 'today'],
    queryFn: ({ signal }) => api.get<Allowances>(`/v1/people/${personId}/allowances`, { on }, signal),
    enabled: personId !== undefined,
  });

/** A month of the family, `YYYY-MM`. */
export const useStatement = (personId: PersonId, month: string) =>
  useQuery({
    queryKey: ['statement', personId, month],
    queryFn: ({ signal }) => api.get<Statement>(`/v1/people/${personId}/statement`, { month }, signal),
  });

export const useCityRules = () =>
  useQuery({
    queryKey: ['rules'],
    queryFn: async ({ signal }) => (await api.get<{ rules: CityRules }>('/v1/rules', undefined, signal)).rules,
  });

/** Sets the rules anew, on the version that was read. */
export function useChangeRules() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ version, ...rules }: CityRules) =>
      (await api.put<{ rules: CityRules }>('/v1/rules', rules, `"${version}"`)).rules,
    onSuccess: (rules) => {
      queryClient.setQueryData(['rules'], rules);
      return queryClient.invalidateQueries({ queryKey: ['allowances'] });
    },
  });
}

export const usePassKinds = () =>
  useQuery({
    queryKey: ['pass-kinds'],
    queryFn: async ({ signal }) => (await api.get<{ kinds: PassKind[] }>('/v1/pass-kinds', undefined, signal)).kinds,
  });

/** Hands a pass out. The same wish sent twice is one pass. */
export function useIssuePass(personId: PersonId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: { kindId: string; inParts: boolean; reason: string }) =>
      once(`issue-pass.${personId}`, body, (key) =>
        api.post<{ pass: Pass }>(`/v1/people/${personId}/passes`, body, key),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['allowances', personId] }),
  });
}

export function usePayPart(personId: PersonId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ passId, part }: { passId: PassId; part: number }) =>
      api.post<{ pass: Pass }>(`/v1/people/${personId}/passes/${passId}/parts/${part}/paid`, {}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['allowances', personId] }),
  });
}

/** Staff have seen a document: a school, or a group that somebody belongs to or no longer does. */
export const useConfirmFact = (personId: PersonId) =>
  useMutation({
    mutationFn: (fact: { reason: string } & ({ school: string } | { groupId: GroupId; member: boolean })) =>
      api.post<{ person: Person }>(`/v1/people/${personId}/confirmed`, fact),
  });
