import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { BookingRow } from '../../shared/booking/booking-row.ts';
import type { Localized } from '../../shared/contracts/common.ts';
import { minutesOf } from '../../shared/kernel/days.ts';

/** China's offset from UTC, all year: the clock has not been changed since 1991. */
const OFFSET_MINUTES = 480;

const instantOf = (date: string, time: string): Date =>
  new Date(Date.parse(`${date}T00:00:00Z`) + (minutesOf(time) - OFFSET_MINUTES) * 60_000);

/**
 * One booking as an RFC 5545 file. The UID never changes, a cancellation raises SEQUENCE, and DTSTAMP is the time of the last
 * change, so that the same booking gives the same bytes.
 */
export function calendarText(
  tenantId: string,
  row: BookingRow,
  center: { name: Localized; address: Localized } | undefined,
  language: 'zh' | 'en',
): string {
  const canceled = row.state === 'canceled';
  const calendar = ical({
    prodId: { company: 'Linli', product: 'bookings', language: language.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${row.bookingId}@${tenantId}.linli`,
    sequence: canceled ? 1 : 0,
    status: canceled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: new Date(row.canceledAt ?? row.createdAt),
    start: instantOf(row.date, row.startsAt),
    end: instantOf(row.date, row.endsAt),
    summary: row.title[language],
    ...(center ? { location: `${center.name[language]} ${center.address[language]}` } : {}),
  });
  return calendar.toString();
}
