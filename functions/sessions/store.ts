import type { Authorized } from '../../shared/access/authorize.ts';
import { readListedSessions, readSessionsBetween, sessionFactKey } from '../../shared/booking/facts/sessions.ts';
import type { ListedSession, SessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import { addDays } from '../../shared/kernel/days.ts';
import type { Key } from '../../shared/table/keys.ts';

/** The sessions of a center on `days` dates from `from`, in order of time: one query for each ISO week touched. */
export async function readSessionsOfCenter(
  by: Authorized,
  centerId: CenterId,
  from: string,
  days: number,
): Promise<SessionItem[]> {
  const found = await readSessionsBetween(by, centerId, { from, to: addDays(from, days - 1) }, { relaxed: true });
  return found.sort(inOrderOfTime);
}

const inOrderOfTime = (a: ListedSession, b: ListedSession): number =>
  a.date + a.startsAt + a.sessionId < b.date + b.startsAt + b.sessionId ? -1 : 1;

/** Where a list goes on after this session. */
function placeOf({ tenantId }: Authorized, { sessionId }: ListedSession): Key {
  const { pk, sk } = sessionFactKey(tenantId, sessionId);
  return { pk, sk };
}

/**
 * At most `limit` sessions of a center, without seat maps and in order of time, of those on `days` dates from `from`. Pages are cut in the
 * order of the table (date, then id); `last` is where the next one begins, `undefined` at the end.
 */
export async function readSessionsPage(
  by: Authorized,
  centerId: CenterId,
  { from, days, limit, after }: { from: string; days: number; limit: number; after: Key | undefined },
): Promise<{ sessions: ListedSession[]; last: Key | undefined }> {
  const dates = { from, to: addDays(from, days - 1) };
  // One more than asked for tells whether there is another page.
  const found = await readListedSessions(by, centerId, dates, { relaxed: true, limit: limit + 1, after });
  const sessions = found.slice(0, limit);
  const end = found.length > limit ? sessions.at(-1) : undefined;
  return { sessions: sessions.sort(inOrderOfTime), last: end && placeOf(by, end) };
}
