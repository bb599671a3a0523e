import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import type { CenterId, Service, SessionId } from '../../../../shared/contracts/common.ts';
import type { Session } from '../../../../shared/contracts/sessions.ts';
import { callApi } from '../../lib/api.ts';

const inOrder = (a: Session, b: Session): number =>
  `${a.date}${a.startsAt}${a.sessionId}` < `${b.date}${b.startsAt}${b.sessionId}` ? -1 : 1;

const PAGES_MOST = 20;

const sessionsQuery = (centerId: CenterId, from: string, days: number, service?: Service) =>
  queryOptions({
    queryKey: ['sessions', centerId, from, days, service ?? 'all'],
    queryFn: async ({ signal }) => {
      const found: Session[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < PAGES_MOST; pages += 1) {
        const query = { from, days, service, cursor };
        const page = await callApi('GET /v1/centers/{centerId}/sessions', { path: { centerId }, query, signal });
        found.push(...page.sessions);
        cursor = page.nextCursor;
        if (!cursor) break;
      }
      return found.sort(inOrder);
    },
  });

/** All sessions of a center from `from`, `days` (at most 14) long, in the order of their start. */
export const useSessions = (centerId: CenterId, from: string, days: number, service?: Service) =>
  useQuery({ ...sessionsQuery(centerId, from, days, service), placeholderData: keepPreviousData });

/** One session, with the places left as of now. */
export const sessionQuery = (sessionId: SessionId) =>
  queryOptions({
    queryKey: ['session', sessionId],
    queryFn: async ({ signal }) =>
      (await callApi('GET /v1/sessions/{sessionId}', { path: { sessionId }, signal })).session,
  });
export const useSession = (sessionId: SessionId) => useQuery(sessionQuery(sessionId));
