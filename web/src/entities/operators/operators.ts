import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import type { OperatorId, SessionId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { type AnswerOf, callApi } from '../../lib/api.ts';

/** Who is on the list and what they may serve changes by the week. */
const STALE_MS = 5 * 60_000;
const REFRESH_MS = 30_000;

export type Operator = AnswerOf<'GET /v1/operators'>['operators'][number];
export type OperatorSession = AnswerOf<'GET /v1/operators/{operatorId}/sessions'>['sessions'][number];

const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: async ({ signal }) => (await callApi('GET /v1/operators', { signal })).operators,
  staleTime: STALE_MS,
});
export const useOperators = () => useQuery(operatorsQuery);

/** An operator and its whitelist entries. */
export const useOperator = (operatorId: OperatorId) =>
  useQuery({
    queryKey: ['operators', operatorId],
    queryFn: ({ signal }) => callApi('GET /v1/operators/{operatorId}', { path: { operatorId }, signal }),
    staleTime: STALE_MS,
  });

const inOrder = (a: Session, b: Session): number =>
  `${a.date}${a.centerId}${a.startsAt}${a.sessionId}` < `${b.date}${b.centerId}${b.startsAt}${b.sessionId}` ? -1 : 1;

/** The operator's sessions at all centers from `from`, by date, center and time. */
export const useOperatorSessions = (operatorId: OperatorId, from: IsoDate, days: number) =>
  useQuery({
    queryKey: ['operators', operatorId, 'sessions', from, days],
    queryFn: async ({ signal }) =>
      (
        await callApi('GET /v1/operators/{operatorId}/sessions', {
          path: { operatorId },
          query: { from, days },
          signal,
        })
      ).sessions.toSorted(inOrder),
  });

/** Who has a place in a session. Names: asked for again while one looks, and not kept afterwards. */
export const useRoster = (operatorId: OperatorId, sessionId: SessionId | undefined) =>
  useQuery({
    queryKey: ['roster', operatorId, sessionId],
    queryFn: sessionId
      ? ({ signal }) =>
          callApi('GET /v1/operators/{operatorId}/sessions/{sessionId}/roster', {
            path: { operatorId, sessionId },
            signal,
          })
      : skipToken,
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: 'always',
    gcTime: 0,
  });
