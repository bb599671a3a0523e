import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { WaiverId } from '../../../../shared/contracts/policy.ts';
import type { MissingWaiver } from '../../../../shared/contracts/waivers.ts';
import { type BodyOf, callApi } from '../../lib/api.ts';
import { isProblem } from '../../lib/problem.ts';

export const useWaiver = (waiverId: WaiverId) =>
  useQuery({
    queryKey: ['waiver', waiverId],
    queryFn: async ({ signal }) => (await callApi('GET /v1/waivers/{waiverId}', { path: { waiverId }, signal })).waiver,
  });

/** All waivers of the city and its centers, each as it stands. */
export const useWaivers = () =>
  useQuery({
    queryKey: ['waiver'],
    queryFn: async ({ signal }) => (await callApi('GET /v1/waivers', { signal })).waivers,
  });

/** What these people have signed and still need, person by person in their order. */
export const useWaiversOf = (personIds: readonly PersonId[]) =>
  useQueries({
    queries: personIds.map((personId) => ({
      queryKey: ['waivers', personId],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await callApi('GET /v1/people/{personId}/waivers', { path: { personId }, signal })).waivers,
    })),
    combine: (results) => ({
      isPending: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error)?.error ?? null,
      lists: results.map(({ data }) => data ?? []),
    }),
  });

type Signing = {
  personId: PersonId;
  waiverId: WaiverId;
} & BodyOf<'POST /v1/people/{personId}/waivers/{waiverId}/sign'>;

/** Signs for a person, or records the paper that was signed for them. */
export function useSign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, waiverId, ...body }: Signing) =>
      callApi('POST /v1/people/{personId}/waivers/{waiverId}/sign', { path: { personId, waiverId }, body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['waivers'] }),
  });
}

export type MissingWaivers = { readonly personId: PersonId; readonly missing: readonly MissingWaiver[] };

/** What a refused check-in asks for; `undefined` when it was refused for another reason. */
export function missingWaiversOf(error: Error | null | undefined): MissingWaivers | undefined {
  if (!isProblem(error, 'waiver-missing')) return undefined;
  const personId = error.fact('personId');
  const missing = error.problem.facts?.['missing'];
  return personId && Array.isArray(missing) ? { personId, missing } : undefined;
}
