import type { Authorized } from '../../access/authorize.ts';
import type { CenterId, SessionId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { isoWeekOf, isoWeeksBetween } from '../../kernel/days.ts';
import type { RawItem } from '../../table/conditions.ts';
import { type Key, keys, type ReadableKey } from '../../table/keys.ts';
import { get, getMany, parsedItem, queryAll } from '../../table/read.ts';
import {
  type ListedSession,
  listedSession,
  listedSessionAttributes,
  type SessionItem,
  sessionItem,
} from '../items/session.ts';

/** A session with its seats and its queue, for a batch of the caller's own; {@link sessionFactFrom} says what it holds. */
export const sessionFactKey = (tenantId: TenantId, sessionId: SessionId): ReadableKey =>
  keys.booking.session(tenantId, sessionId);
export const sessionFactFrom = (item: RawItem | undefined): SessionItem | undefined =>
  item && parsedItem(sessionItem, item);

export const readSession = (by: Authorized, sessionId: SessionId): Promise<SessionItem | undefined> =>
  get(sessionFactKey(by.tenantId, sessionId), sessionItem);

/** These sessions by id, one call for each hundred; whichever is not there is missing. */
export async function readSessionsById(
  by: Authorized,
  sessionIds: readonly SessionId[],
): Promise<Map<SessionId, SessionItem>> {
  const items = await getMany([...new Set(sessionIds)].map((id) => sessionFactKey(by.tenantId, id)));
  const sessions = items.flatMap((item) => sessionFactFrom(item) ?? []);
  return new Map(sessions.map((session) => [session.sessionId, session]));
}

/** The sessions of a center in an ISO week: one query, which is how they lie together. */
export const readSessionsOfWeek = (
  by: Authorized,
  centerId: CenterId,
  week: string,
  how?: { relaxed: boolean },
): Promise<SessionItem[]> =>
  queryAll({ pk: keys.booking.sessionWeek(by.tenantId, centerId, week), ...how }, sessionItem);

/** The sessions of a center on one date, as they stand. */
export const readSessionsOn = (by: Authorized, centerId: CenterId, date: string): Promise<SessionItem[]> =>
  queryAll({ pk: keys.booking.sessionWeek(by.tenantId, centerId, isoWeekOf(date)), begins: `${date}#` }, sessionItem);

/** A sort key is `<date>#<session>`; `$` is the character after `#`, so the range ends with the last session of `to`. */
const datesOf = (from: string, to: string) => [`${from}#`, `${to}$`] as const;

/** The sessions of a center from one date to another, both included: one query for each ISO week touched. */
export async function readSessionsBetween(
  by: Authorized,
  centerId: CenterId,
  { from, to }: { readonly from: string; readonly to: string },
  how?: { relaxed: boolean },
): Promise<SessionItem[]> {
  const between = datesOf(from, to);
  const found = await Promise.all(
    isoWeeksBetween(from, to).map((week) =>
      queryAll({ pk: keys.booking.sessionWeek(by.tenantId, centerId, week), between, ...how }, sessionItem),
    ),
  );
  return found.flat();
}

/** One session without its seat map. */
export const readListedSession = (by: Authorized, sessionId: SessionId): Promise<ListedSession | undefined> =>
  get(sessionFactKey(by.tenantId, sessionId), listedSession, { attributes: listedSessionAttributes });

/**
 * {@link readSessionsBetween} without seat maps, in the order of the table (date, then id); or the first `limit` of them `after` the key of
 * another.
 */
export async function readListedSessions(
  by: Authorized,
  centerId: CenterId,
  { from, to }: { readonly from: string; readonly to: string },
  how: { readonly relaxed?: boolean; readonly limit?: number; readonly after?: Key | undefined } = {},
): Promise<ListedSession[]> {
  const between = datesOf(from, to);
  const firstDate = how.after?.sk.slice(0, from.length) ?? from;
  const found = await Promise.all(
    isoWeeksBetween(firstDate, to).map((week) => {
      const pk = keys.booking.sessionWeek(by.tenantId, centerId, week);
      const after = how.after?.pk === pk ? how.after : undefined;
      return queryAll({ ...how, pk, between, after, attributes: listedSessionAttributes }, listedSession);
    }),
  );
  return found.flat().slice(0, how.limit);
}
