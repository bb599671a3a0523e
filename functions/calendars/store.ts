import * as z from 'zod';
import type { Authorized, AuthorizedActor } from '../../shared/access/authorize.ts';
import { readRoomWeek } from '../../shared/booking/facts/days.ts';
import { readListedSessions } from '../../shared/booking/facts/sessions.ts';
import type { ListedSession } from '../../shared/booking/items/session.ts';
import { feed } from '../../shared/contracts/calendars.ts';
import { type FeedId, type OfferingId, personId, type RoomId } from '../../shared/contracts/common.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { addDays, isoWeekOf, mondayOf } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists } from '../../shared/table/conditions.ts';
import { centerOf, keys } from '../../shared/table/keys.ts';
import { get, parsedItem, queryAll } from '../../shared/table/read.ts';
import { isOfRequest, requestHashAttribute, storedAs } from '../../shared/table/stored.ts';
import { put, remove, updateAndRead } from '../../shared/table/write.ts';

/** `FEED#<owner> / FEED#<feedId>`: the feed, and the fingerprint of the token that opens it. */
const feedFields = feed.extend({
  ownerId: personId,
  language: z.enum(['zh', 'en']),
  tokenMac: z.string(),
  /** Fingerprint of the request, to tell a repeat from another body under the same key. */
  requestHash: z.string(),
  revokedAt: z.string().optional(),
});
export type FeedItem = z.infer<typeof feedFields>;
export const feedItem = storedAs(feedFields, requestHashAttribute);

const tokenItem = z.object({ ownerId: personId, feedId: feed.shape.feedId });

/** How long a revoked feed is remembered, so that a late repeat of its making does not bring it back. */
const REVOKED_SECONDS = 7 * 86_400;

/**
 * Keeps a feed under its id. A repeat puts its new token in the place of the old one, whose answer must have been lost: nobody can tell
 * it again. Refuses `idempotency-key-reused`, and `not-found` when the feed has been revoked.
 */
export async function keepFeed(by: Authorized, item: FeedItem): Promise<void> {
  await put({
    key: keys.calendars.feed(by.tenantId, item.ownerId, item.feedId),
    item: { ...z.encode(feedItem, item), is: 'feed' },
    values: { ':hash': item.requestHash },
    conditions: [
      condition(
        'new, or the same again',
        `attribute_not_exists(pk) OR (${requestHashAttribute.requestHash} = :hash AND attribute_not_exists(revokedAt))`,
      ),
    ],
    meaning: (stored) => refuse(isOfRequest(stored, item.requestHash) ? 'not-found' : 'idempotency-key-reused'),
  });
  await put({
    key: keys.calendars.token(by.tenantId, item.tokenMac),
    item: { is: 'feed-token', ownerId: item.ownerId, feedId: item.feedId },
  });
}

/** The feeds of this person that still open, oldest first. */
export async function readFeeds(by: AuthorizedActor): Promise<FeedItem[]> {
  const pk = keys.calendars.feedsOf(by.tenantId, by.actor.personId);
  const items = await queryAll({ pk, begins: 'FEED#' }, feedItem);
  return items.filter(({ revokedAt }) => !revokedAt).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

/** Closes a feed for good: that it says so is what counts; its token goes after. Refuses `not-found`. */
export async function revokeFeed(by: AuthorizedActor, feedId: FeedId): Promise<void> {
  const item = await updateAndRead({
    key: keys.calendars.feed(by.tenantId, by.actor.personId, feedId),
    update: 'SET revokedAt = if_not_exists(revokedAt, :now), ttlEpochSeconds = :ttl',
    values: { ':now': by.now.toISOString(), ':ttl': epochSeconds(by.now) + REVOKED_SECONDS },
    conditions: [exists],
    meaning: () => refuse('not-found'),
  });
  await remove({ key: keys.calendars.token(by.tenantId, parsedItem(feedItem, item).tokenMac) });
}

export const readFeedOfToken = (by: Authorized, tokenMac: string) =>
  get(keys.calendars.token(by.tenantId, tokenMac), tokenItem);

/** A room's sheets in the weeks of these dates, one query a week. */
export async function readRoomSheets(by: Authorized, roomId: RoomId, dates: readonly string[]) {
  const sheets = await Promise.all(dates.map((date) => readRoomWeek(by, roomId, isoWeekOf(date), { relaxed: true })));
  return sheets.flat();
}

/** The sessions of an offering in the weeks of these dates, one query of the center's week each. */
export async function readSessionsOfOffering(
  by: Authorized,
  offeringId: OfferingId,
  dates: readonly string[],
): Promise<ListedSession[]> {
  const centerId = centerOf(offeringId);
  const sessions = await Promise.all(
    dates
      .map(mondayOf)
      .map((from) => readListedSessions(by, centerId, { from, to: addDays(from, 6) }, { relaxed: true })),
  );
  return sessions.flat().filter((session) => session.offeringId === offeringId);
}
