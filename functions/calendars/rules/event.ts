import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { Localized } from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import { addDays, CIVIL_ZONE } from '../../../shared/kernel/days.ts';

/** A recurrence rule (RFC 5545, 3.3.10) from the first of some dates on, and the dates it gives that are none of them. */
export type Recurring = { readonly rrule: string; readonly except: readonly string[] };

/** One entry of a calendar. Times are civil ones of {@link CIVIL_ZONE}. */
export type CalendarEvent = {
  readonly uid: string;
  /** Rises with every change of the entry, never falls. */
  readonly sequence: number;
  readonly status: 'confirmed' | 'tentative' | 'canceled';
  /** When it was last changed, ISO instant. */
  readonly changedAt: string;
  readonly date: string;
  readonly startsAt: string;
  readonly endsAt: string;
  /** The occurrence of a series that it stands for, by the time that the series gave it. */
  readonly recurrence?: { readonly date: string; readonly startsAt: string } | undefined;
  /** It stands for several occurrences of a series, from its date on. */
  readonly recurring?: Recurring;
  readonly summary: string;
  readonly location?: string | undefined;
};

/** How often a program that subscribes is asked to look again. */
const REFRESH_SECONDS = 3600;

/**
 * China's clock as RFC 5545 wants it described. It has not been changed since summer time ended on 15 September 1991 at 02:00
 * (IANA time zone database, file `asia`, rule `PRC`).
 */
const SHANGHAI = [
  'BEGIN:VTIMEZONE',
  `TZID:${CIVIL_ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19910915T020000',
  'TZOFFSETFROM:+0900',
  'TZOFFSETTO:+0800',
  'TZNAME:CST',
  'END:STANDARD',
  'END:VTIMEZONE',
].join('\r\n');

/** A civil time as the generator takes it: without a zone of its own, so that no machine's zone can shift it. */
const civil = (date: string, time: string): string =>
  time === '24:00' ? `${addDays(date, 1)}T00:00:00` : `${date}T${time}:00`;

const basic = (date: string, time: string): string => civil(date, time).replace(/[-:]/g, '');

function repeatingText({ rrule, except }: Recurring, startsAt: string): string {
  const left = except.map((date) => basic(date, startsAt)).join(',');
  return [`RRULE:${rrule}`, ...(left ? [`EXDATE;TZID=${CIVIL_ZONE}:${left}`] : [])].join('\n');
}

const statuses = {
  confirmed: ICalEventStatus.CONFIRMED,
  tentative: ICalEventStatus.TENTATIVE,
  canceled: ICalEventStatus.CANCELLED,
} as const;

/** An RFC 5545 file. The same events give the same bytes, whenever and wherever it is made. */
export function calendarText(
  events: readonly CalendarEvent[],
  { language, name }: { language: 'zh' | 'en'; name?: string | undefined },
): string {
  const calendar = ical({
    prodId: { company: 'Linli', product: 'bookings', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
    // Named per event: a zone of the calendar itself would turn DTSTAMP, which is always UTC, into a local time.
    timezone: { name: null, generator: () => SHANGHAI },
    ...(name === undefined ? {} : { name, ttl: REFRESH_SECONDS }),
  });
  for (const event of events) {
    calendar.createEvent({
      id: event.uid,
      sequence: event.sequence,
      status: statuses[event.status],
      stamp: new Date(event.changedAt),
      timezone: CIVIL_ZONE,
      start: civil(event.date, event.startsAt),
      end: civil(event.date, event.endsAt),
      ...(event.recurring ? { repeating: repeatingText(event.recurring, event.startsAt) } : {}),
      ...(event.recurrence ? { recurrenceId: civil(event.recurrence.date, event.recurrence.startsAt) } : {}),
      summary: event.summary,
      ...(event.location ? { location: event.location } : {}),
    });
  }
  return calendar.toString();
}

/** How far a booking has come, for SEQUENCE: it only goes forward, from held to standing to ended. */
export const stages = { tentative: 0, confirmed: 1, canceled: 2 } as const;
/** A move begins the stages anew, above all that came before it. */
const SEQUENCES_PER_MOVE = 3;

function statusOf(state: BookingRow['state']): CalendarEvent['status'] {
  if (state === 'held') return 'tentative';
  return state === 'canceled' || state === 'lapsed' ? 'canceled' : 'confirmed';
}

/**
 * A booking as it stands in every calendar, be it a file or a feed: one UID for its life; one for a whole series, whose occurrences
 * are told apart by RECURRENCE-ID. SEQUENCE rises when it is confirmed, moved, or canceled.
 */
export function eventOfBooking(
  tenantId: TenantId,
  row: BookingRow,
  center: { name: Localized; address: Localized } | undefined,
  { language, forWhom }: { language: 'zh' | 'en'; forWhom?: string | undefined },
): CalendarEvent {
  const status = statusOf(row.state);
  const inSeries = row.seriesId !== undefined && row.recurrence !== undefined;
  return {
    uid: `${inSeries ? row.seriesId : row.bookingId}@${tenantId}.linli`,
    sequence: (row.sequence ?? 0) * SEQUENCES_PER_MOVE + stages[status],
    status,
    changedAt: row.canceledAt ?? row.changedAt ?? row.createdAt,
    date: row.date,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    ...(inSeries ? { recurrence: row.recurrence } : {}),
    summary: forWhom ? `${row.title[language]} · ${forWhom}` : row.title[language],
    ...(center ? { location: `${center.name[language]} ${center.address[language]}` } : {}),
  };
}
