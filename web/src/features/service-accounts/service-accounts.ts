import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { PersonId } from '../../../../shared/contracts/common.ts';
import { type AnswerOf, type BodyOf, callApi } from '../../lib/api.ts';
import { once } from '../../lib/intent.ts';

export type Account = AnswerOf<'GET /v1/service-accounts'>['accounts'][number];
type Create = BodyOf<'POST /v1/service-accounts'>;
/** The post that an account acts by. */
export type Scope = Create['post'];

/** The center, the operator or the bureau that a post is about. */
export function ofScope(scope: Scope): string | undefined {
  switch (scope.kind) {
    case 'center-staff':
      return scope.centerId;
    case 'operator-staff':
      return scope.operatorId;
    case 'bureau-officer':
      return scope.bureau;
    case 'platform-admin':
      return undefined;
  }
}

const listKey = ['service-accounts'];

/** All accounts with this post, those at work first, the newest of each on top. */
export const useAccounts = (scope: Scope) =>
  useQuery({
    queryKey: [...listKey, scope],
    queryFn: async ({ signal }) => {
      const query = { kind: scope.kind, of: ofScope(scope) };
      const { accounts } = await callApi('GET /v1/service-accounts', { query, signal });
      const newest = accounts.toReversed();
      return [...newest.filter(({ endedAt }) => !endedAt), ...newest.filter(({ endedAt }) => endedAt)];
    },
  });

/** Creates an account; its key is in this answer and never again. */
export function useCreateAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Create) =>
      once('service-account', body, (key) => callApi('POST /v1/service-accounts', { body, key })),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
    gcTime: 0,
  });
}

/** Gives an account a new key, which is in this answer and never again. */
export function useRotateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (accountId: PersonId) =>
      callApi('POST /v1/service-accounts/{accountId}/rotate', { path: { accountId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
    gcTime: 0,
  });
}

export function useEndAccount() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (accountId: PersonId) => callApi('POST /v1/service-accounts/{accountId}/end', { path: { accountId } }),
    onSuccess: () => client.invalidateQueries({ queryKey: listKey }),
  });
}
