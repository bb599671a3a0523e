import type { Authorized } from '../../shared/access/authorize.ts';
import { readSessionsBetween } from '../../shared/booking/facts/sessions.ts';
import type { SessionItem } from '../../shared/booking/items/session.ts';
import type { CenterId } from '../../shared/contracts/common.ts';
import { addDays } from '../../shared/kernel/days.ts';

/** The sessions of a center on `days` dates from `from`, in order of time: one query for each ISO week touched. */
export async function readSessionsOfCenter(
  by: Authorized,
  centerId: CenterId,
  from: string,
  days: number,
): Promise<SessionItem[]> {
  const found = await readSessionsBetween(by, centerId, { from, to: addDays(from, days - 1) }, { relaxed: true });
  return found.sort((a, b) => (a.date + a.startsAt + a.sessionId < b.date + b.startsAt + b.sessionId ? -1 : 1));
}
