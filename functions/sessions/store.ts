import type { Authorized } from '../../shared/access/authorize.ts';
import { type SessionItem, sessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId, SessionId } from '../../shared/contracts/common.ts';
import { addDays, datesBetween, isoWeekOf } from '../../shared/kernel/days.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, queryAll } from '../../shared/table/read.ts';

export const getSession = (by: Authorized, sessionId: SessionId): Promise<SessionItem | undefined> =>
  get(keys.booking.session(by.tenantId, sessionId), sessionItem);

/** The sessions of a center on `days` dates from `from`, in order of time: one query for each ISO week touched. */
export async function readSessionsOfCenter(
  by: Authorized,
  centerId: CenterId,
  from: string,
  days: number,
): Promise<SessionItem[]> {
  const to = addDays(from, days - 1);
  const weeks = [...new Set(datesBetween(from, to).map(isoWeekOf))];
  const found = await Promise.all(
    weeks.map((week) =>
      // `$` sorts right after `#`, so the range ends with the last session of `to`.
      queryAll(
        { pk: keys.booking.sessionWeek(by.tenantId, centerId, week), between: [`${from}#`, `${to}$`], relaxed: true },
        sessionItem,
      ),
    ),
  );
  return found.flat().sort((a, b) => (a.date + a.startsAt + a.sessionId < b.date + b.startsAt + b.sessionId ? -1 : 1));
}
