import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { CityRules } from '../../../../shared/contracts/city-rules.ts';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { PassId } from '../../../../shared/contracts/passes.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

/** What a person has used and has left in the windows of a date, today unless told; their passes and funds. */
export const useAllowances = (personId: PersonId | undefined, on?: string) =>
  useQuery({
    queryKey: ['allowances', personId, on ?? 'today'],
    queryFn: personId
      ? ({ signal }) => callApi('GET /v1/people/{personId}/allowances', { path: { personId }, query: { on }, signal })
      : skipToken,
  });

/** A month of the family, `YYYY-MM`. */
export const useStatement = (personId: PersonId, month: string) =>
  useQuery({
    queryKey: ['statement', personId, month],
    queryFn: ({ signal }) =>
      callApi('GET /v1/people/{personId}/statement', { path: { personId }, query: { month }, signal }),
  });

export const useCityRules = () =>
  useQuery({
    queryKey: ['rules'],
    queryFn: async ({ signal }) => (await callApi('GET /v1/rules', { signal })).rules,
  });

/** Sets the rules anew, on the version that was read. */
export function useChangeRules() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ version, ...rules }: CityRules) =>
      (await callApi('PUT /v1/rules', { body: rules, ifMatch: `"${version}"` })).rules,
    onSuccess: (rules) => {
      queryClient.setQueryData(['rules'], rules);
      return queryClient.invalidateQueries({ queryKey: ['allowances'] });
    },
  });
}

export const usePassKinds = () =>
  useQuery({
    queryKey: ['pass-kinds'],
    queryFn: async ({ signal }) => (await callApi('GET /v1/pass-kinds', { signal })).kinds,
  });

/** Hands a pass out. The same wish sent twice is one pass. */
export function useIssuePass(personId: PersonId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: BodyOf<'POST /v1/people/{personId}/passes'>) =>
      once(`issue-pass.${personId}`, body, (key) =>
        callApi('POST /v1/people/{personId}/passes', { path: { personId }, body, key }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['allowances', personId] }),
  });
}

export function usePayPart(personId: PersonId) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ passId, part }: { passId: PassId; part: number }) =>
      callApi('POST /v1/people/{personId}/passes/{passId}/parts/{part}/paid', { path: { personId, passId, part } }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['allowances', personId] }),
  });
}

/** Staff have seen a document: a school, or a group that somebody belongs to or no longer does. */
export const useConfirmFact = (personId: PersonId) =>
  useMutation({
    mutationFn: (fact: BodyOf<'POST /v1/people/{personId}/confirmed'>) =>
      callApi('POST /v1/people/{personId}/confirmed', { path: { personId }, body: fact }),
  });
