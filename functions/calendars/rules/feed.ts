import type { BookingRow } from '../../../shared/booking/row/booking-row.ts';
import { addDays, type IsoDate } from '../../../shared/kernel/days.ts';
import type { CalendarEvent } from './event.ts';

/** How long what is over, or canceled, stays in a feed: a program that was switched off for weeks still hears of it. */
const KEPT_DAYS = 60;
/** How far ahead a room's or a class's feed looks, in weeks: as far as residents book. What staff plan for a year comes in week by week. */
const WEEKS_AHEAD = 9;
const WEEKS_BACK = 1;

/** The first date whose bookings are in a feed. */
export const feedStart = (today: IsoDate): IsoDate => addDays(today, -KEPT_DAYS);

/** Whether a booking is in a feed at `now`: canceled ones for a while, so that they are taken out of calendars that have them. */
export function isShown(row: Pick<BookingRow, 'canceledAt'>, now: Date): boolean {
  return row.canceledAt === undefined || Date.parse(row.canceledAt) >= now.getTime() - KEPT_DAYS * 86_400_000;
}

/** A date in each week that the feed of a room or a class covers. */
export function feedWeeks(today: IsoDate): IsoDate[] {
  return Array.from({ length: WEEKS_BACK + 1 + WEEKS_AHEAD }, (_, index) => addDays(today, 7 * (index - WEEKS_BACK)));
}

const identityOf = ({ uid, recurrence }: CalendarEvent): string =>
  [uid, recurrence?.date, recurrence?.startsAt].join(' ');

/** Of two words on one occurrence: a place that counts before one that is awaited, and that before one that is over. */
const weight = { confirmed: 2, tentative: 1, canceled: 0 } as const;

function isLater(event: CalendarEvent, other: CalendarEvent): boolean {
  if (event.status !== other.status) return weight[event.status] > weight[other.status];
  if (event.sequence !== other.sequence) return event.sequence > other.sequence;
  return event.changedAt > other.changedAt;
}

/**
 * One entry for each UID and RECURRENCE-ID, the latest word on it: an occurrence that was moved is a booking of its own beside the
 * canceled one that it replaces, or beside the one that stays until the new time is confirmed, and a calendar must see them as one.
 */
export function latestOfEach(events: readonly CalendarEvent[]): CalendarEvent[] {
  const latest = new Map<string, CalendarEvent>();
  for (const event of events) {
    const other = latest.get(identityOf(event));
    if (!other || isLater(event, other)) latest.set(identityOf(event), event);
  }
  return [...latest.values()];
}
