import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Localized, OperatorId, Service, SessionId } from '../../../../shared/contracts/common.ts';
import type { BoardSeat } from '../../../../shared/contracts/desk.ts';
import type { WhitelistEntry } from '../../../../shared/contracts/operators.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { api } from '../../lib/api.ts';

/** Who is on the list and what they may serve changes by the week. */
const STALE_MS = 5 * 60_000;
const REFRESH_MS = 30_000;

export type Operator = { operatorId: OperatorId; name: Localized; services: Service[]; sample: boolean };
export type OperatorSession = Session & { taken: number };

const operatorsQuery = queryOptions({
  queryKey: ['operators'],
  queryFn: async ({ signal }) =>
    (await api.get<{ operators: Operator[] }>('/v1/operators', undefined, signal)).operators,
  staleTime: STALE_MS,
});
export const useOperators = () => useQuery(operatorsQuery);

/** An operator and its whitelist entries. */
export const useOperator = (operatorId: OperatorId) =>
  useQuery({
    queryKey: ['operators', operatorId],
    queryFn: ({ signal }) =>
      api.get<{ operator: Operator; whitelist: WhitelistEntry[] }>(`/v1/operators/${operatorId}`, undefined, signal),
    staleTime: STALE_MS,
  });

const inOrder = (a: Session, b: Session): number =>
  `${a.date}${a.centerId}${a.startsAt}${a.sessionId}` < `${b.date}${b.centerId}${b.startsAt}${b.sessionId}` ? -1 : 1;

/** The operator's sessions at all centers from `from`, by date, center and time. */
export const useOperatorSessions = (operatorId: OperatorId, from: IsoDate, days: number) =>
  useQuery({
    queryKey: ['operators', operatorId, 'sessions', from, days],
    queryFn: async ({ signal }) => {
      const query = { from, days };
      const path = `/v1/operators/${operatorId}/sessions`;
      return (await api.get<{ sessions: OperatorSession[] }>(path, query, signal)).sessions.toSorted(inOrder);
    },
  });

export type Roster = { session: Session; seats: BoardSeat[] };

/** Who has a place in a session. Names: asked for again while one looks, and not kept afterwards. */
export const useRoster = (operatorId: OperatorId, sessionId: SessionId | undefined) =>
  useQuery({
    queryKey: ['roster', operatorId, sessionId],
    queryFn: ({ signal }) =>
      api.get<Roster>(`/v1/operators/${operatorId}/sessions/${sessionId}/roster`, undefined, signal),
    enabled: sessionId !== undefined,
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: 'always',
    gcTime: 0,
  });
