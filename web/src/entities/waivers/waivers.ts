import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import type { WaiverId } from '../../../../shared/contracts/policy.ts';
import type {
  MissingWaiver,
  PersonWaiver,
  Signature,
  Waiver,
  WaiverWithText,
} from '../../../../shared/contracts/waivers.ts';
import { api } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';
import { isProblem } from '../../lib/problem.ts';

export const useWaiver = (waiverId: WaiverId) =>
  useQuery({
    queryKey: ['waiver', waiverId],
    queryFn: async ({ signal }) =>
      (await api.get<{ waiver: WaiverWithText }>(`/v1/waivers/${waiverId}`, undefined, signal)).waiver,
  });

/** All waivers of the city and its centers, each as it stands. */
export const useWaivers = () =>
  useQuery({
    queryKey: ['waiver'],
    queryFn: async ({ signal }) => (await api.get<{ waivers: Waiver[] }>('/v1/waivers', undefined, signal)).waivers,
  });

/** What these people have signed and still need, person by person in their order. */
export const useWaiversOf = (personIds: readonly PersonId[]) =>
  useQueries({
    queries: personIds.map((personId) => ({
      queryKey: ['waivers', personId],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await api.get<{ waivers: PersonWaiver[] }>(`/v1/people/${personId}/waivers`, undefined, signal)).waivers,
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
  version: number;
  signedName: string;
  paper?: { reason: string };
};

/** Signs for a person, or records the paper that was signed for them. */
export function useSign() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ personId, waiverId, ...body }: Signing) =>
      once(`sign ${waiverId} ${personId}`, body, (key) =>
        api.post<{ signature: Signature }>(`/v1/people/${personId}/waivers/${waiverId}/sign`, body, key),
      ),
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
