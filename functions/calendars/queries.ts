import { may } from '../../shared/access/abilities.ts';
import { type AuthorizedHolder, anyone, authorized, authorizeHolder } from '../../shared/access/authorize.ts';
import { readRowsFrom } from '../../shared/booking/facts/bookings.ts';
import type { Feed } from '../../shared/contracts/calendars.ts';
import type { OfferingId, PersonId, RoomId } from '../../shared/contracts/common.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { deriveLookupMac } from '../../shared/keyring/keyring.ts';
import { centerOf, keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { readCentersById, readOffering, readRoom } from '../centers/index.ts';
import { readProfiles } from '../people/index.ts';
import { type CalendarEvent, calendarText, eventOfBooking, stages } from './rules/event.ts';
import { feedStart, feedWeeks, isShown, latestOfEach } from './rules/feed.ts';
import { withRules } from './rules/recurring.ts';
import {
  type FeedItem,
  feedItem,
  readFeedOfToken,
  readFeeds,
  readRoomSheets,
  readSessionsOfOffering,
} from './store.ts';

/** One's own feeds. */
export async function listOwnFeeds(context: RequestContext): Promise<Feed[]> {
  const { by } = await authorized(context);
  return readFeeds(by);
}

/**
 * What a feed shows now to whoever has its address. What its owner may see is looked up at each fetch, so a right that has ended takes
 * its entries out of every calendar that subscribes. Refuses `not-found` when no feed has this token (any more).
 */
export async function writeFeed(context: RequestContext, token: string): Promise<string> {
  const tokenMac = await deriveLookupMac('feed', token);
  const found = await readFeedOfToken(anyone(context), tokenMac);
  if (!found) throw refuse('not-found');
  const { by, items } = await authorizeHolder(context, found.ownerId, [
    keys.calendars.feed(context.tenantId, found.ownerId, found.feedId),
  ]);
  const feed = items[0] && parsedItem(feedItem, items[0]);
  if (!feed || feed.revokedAt || feed.tokenMac !== tokenMac) throw refuse('not-found');
  const { name, events } = await contentOf(by, feed);
  return calendarText(withRules(latestOfEach(events)).sort(inOrder), { language: feed.language, name });
}

const inOrder = (a: CalendarEvent, b: CalendarEvent): number =>
  [a.date, a.startsAt, a.uid].join() < [b.date, b.startsAt, b.uid].join() ? -1 : 1;

type Content = { name: string; events: CalendarEvent[] };
const words = {
  zh: { own: '邻里预约', occupied: '已占用' },
  en: { own: 'Linli bookings', occupied: 'Occupied' },
} as const;

async function contentOf(by: AuthorizedHolder, feed: FeedItem): Promise<Content> {
  switch (feed.kind) {
    case 'circle':
      return bookingsContent(by, feed, [feed.ownerId, ...Object.keys(by.access.actsFor)]);
    case 'person':
      return bookingsContent(by, feed, [feed.of ?? feed.ownerId]);
    case 'room':
      return roomContent(by, feed, feed.of ?? '');
    case 'class':
      return classContent(by, feed, feed.of ?? '');
  }
}

async function bookingsContent(
  by: AuthorizedHolder,
  { kind, ownerId, language }: FeedItem,
  wanted: readonly string[],
): Promise<Content> {
  const personIds = wanted.filter((personId) => may(by.ability, 'read', 'Person', { personId }));
  const from = feedStart(civilNow(by.now, CIVIL_ZONE).date);
  const [people, rows] = await Promise.all([
    readProfiles(by, personIds),
    Promise.all(personIds.map((personId) => readRowsFrom(by, personId, from))),
  ]);
  const shown = rows.flat().filter((row) => isShown(row, by.now));
  const centers = await readCentersById(
    by,
    shown.map(({ centerId }) => centerId),
  );
  const nameOf = (personId: PersonId) => people.get(personId)?.name;
  const events = shown.map((row) => {
    // In a calendar of several people one must see whose it is; one's own needs no name.
    const forWhom = row.beneficiaryId === ownerId ? undefined : nameOf(row.beneficiaryId);
    return eventOfBooking(by.tenantId, row, centers.get(row.centerId), { language, forWhom });
  });
  const own = words[language].own;
  const [only = ownerId] = wanted;
  return { name: kind === 'person' ? [own, nameOf(only)].filter(Boolean).join(' · ') : own, events };
}

/** When a room is taken: for its center's staff, and nobody's name. */
async function roomContent(by: AuthorizedHolder, feed: FeedItem, roomId: RoomId): Promise<Content> {
  const { language, createdAt } = feed;
  const isStaff = may(by.ability, 'staff', 'Desk', { centerId: centerOf(roomId) });
  const dates = feedWeeks(civilNow(by.now, CIVIL_ZONE).date);
  const [room, sheets] = await Promise.all([readRoom(by, roomId), isStaff ? readRoomSheets(by, roomId, dates) : []]);
  const name = room?.name[language] ?? roomId;
  const eventOf = (
    id: string,
    { date, startsAt, endsAt }: Pick<CalendarEvent, 'date' | 'startsAt' | 'endsAt'>,
    status: CalendarEvent['status'],
    changedAt = createdAt,
  ): CalendarEvent => ({
    // Not the booking's own UID: a member of staff may have booked it, and has it in another calendar under that.
    uid: `room-${id}@${by.tenantId}.linli`,
    sequence: stages[status],
    status,
    changedAt,
    date,
    startsAt,
    endsAt,
    summary: words[language].occupied,
    location: name,
  });
  const events = sheets.flatMap(({ date, entries, ended }) => [
    ...Object.entries(ended).map(([id, { startsAt, endsAt, endedAt }]) =>
      eventOf(id, { date, startsAt, endsAt }, 'canceled', endedAt),
    ),
    ...Object.entries(entries)
      .filter(([, { heldUntilEpochSeconds: until }]) => until === undefined || until > epochSeconds(by.now))
      .map(([id, { startsAt, endsAt, bookedAt, heldUntilEpochSeconds: until }]) =>
        eventOf(id, { date, startsAt, endsAt }, until === undefined ? 'confirmed' : 'tentative', bookedAt),
      ),
  ]);
  return { name, events };
}

/** The sessions of an offering, as everybody may see them. */
async function classContent(by: AuthorizedHolder, feed: FeedItem, offeringId: OfferingId): Promise<Content> {
  const { language, createdAt } = feed;
  const dates = feedWeeks(civilNow(by.now, CIVIL_ZONE).date);
  const [offering, sessions, centers] = await Promise.all([
    readOffering(by, offeringId),
    readSessionsOfOffering(by, offeringId, dates),
    readCentersById(by, [centerOf(offeringId)]),
  ]);
  const center = centers.get(centerOf(offeringId));
  const events = sessions.map(
    (session): CalendarEvent => ({
      // A session's id holds its date and time: at another time it is another session.
      uid: `${session.sessionId}@${by.tenantId}.linli`,
      sequence: session.changes ?? 0,
      status: session.status === 'closed' ? 'canceled' : 'confirmed',
      changedAt: session.changedAt ?? createdAt,
      date: session.date,
      startsAt: session.startsAt,
      endsAt: session.endsAt,
      summary: session.title[language],
      ...(center ? { location: `${center.name[language]} ${center.address[language]}` } : {}),
    }),
  );
  return { name: offering?.title[language] ?? offeringId, events };
}
