import { type QueryClient, queryOptions, useQuery } from '@tanstack/react-query';
import type { CenterId } from '../../../../shared/contracts/common.ts';
import type { Board } from '../../../../shared/contracts/desk.ts';
import type { IsoDate } from '../../../../shared/kernel/days.ts';
import { type AnswerOf, callApi } from '../../lib/api.ts';

const REFRESH_MS = 20_000;

export type AttendanceAnswer = AnswerOf<'POST /v1/centers/{centerId}/attendance'>;
export type BoardSession = Board['sessions'][number];

const boardQuery = (centerId: CenterId, date: IsoDate) =>
  queryOptions({
    queryKey: ['board', centerId, date],
    queryFn: ({ signal }) =>
      callApi('GET /v1/centers/{centerId}/board', { path: { centerId }, query: { date }, signal }),
    refetchInterval: REFRESH_MS,
    refetchOnWindowFocus: 'always',
    // Names of children and elders: not kept once the board is closed.
    gcTime: 0,
  });

/** Who comes to a center on a day. Asks again every 20 seconds and whenever the window is looked at again. */
export const useBoard = (centerId: CenterId, date: IsoDate) => useQuery(boardQuery(centerId, date));

/** The board as last read, without asking for it. */
export const boardInHand = (client: QueryClient, centerId: CenterId, date: IsoDate): Board | undefined =>
  client.getQueryData(boardQuery(centerId, date).queryKey);

export const reloadBoard = (client: QueryClient, centerId: CenterId): Promise<void> =>
  client.invalidateQueries({ queryKey: ['board', centerId] });

/** An answer that is still on its way was read before what we are about to change. */
export const stopReading = (client: QueryClient, centerId: CenterId): Promise<void> =>
  client.cancelQueries({ queryKey: ['board', centerId] });

/** Puts what the server answered about one seat into the board, without waiting for the next refresh. */
export async function keepSeat(client: QueryClient, centerId: CenterId, answer: AttendanceAnswer): Promise<void> {
  const { queryKey } = boardQuery(centerId, answer.session.date);
  if (!client.getQueryData(queryKey)) return;
  await stopReading(client, centerId);
  client.setQueryData(queryKey, (board) =>
    board ? { ...board, sessions: board.sessions.map((it) => withSeat(it, answer)) } : undefined,
  );
}

function withSeat(into: BoardSession, { session, seat }: AttendanceAnswer): BoardSession {
  if (into.sessionId !== session.sessionId) return into;
  const known = into.seats.some(({ personId }) => personId === seat.personId);
  const seats = known ? into.seats.map((it) => (it.personId === seat.personId ? seat : it)) : [...into.seats, seat];
  return { ...session, seats };
}
