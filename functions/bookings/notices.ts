import type { Authorized } from '../../shared/access/authorize.ts';
import type { BookingRow } from '../../shared/booking/booking-row.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { CIVIL_ZONE, civilNow, clockTimeOf } from '../../shared/kernel/days.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { profilesOf } from '../people/index.ts';
import { centerOfBooking } from './store.ts';

type Kind = 'booking-confirmed' | 'booking-canceled' | 'booking-lapsed' | 'place-offered';

async function tell(by: Authorized, row: BookingRow, kind: Kind): Promise<void> {
  const [center, people] = await Promise.all([centerOfBooking(by, row.centerId), profilesOf(by, [row.beneficiaryId])]);
  await sendMessage({
    kind,
    tenantId: by.tenantId,
    messageId: `${kind}:${row.bookingId}`,
    language: 'zh',
    // What staff booked is told to the person it is for; whoever books for another is told themselves.
    personId: row.byStaff ? row.beneficiaryId : row.actorId,
    booking: {
      beneficiaryName: people.get(row.beneficiaryId)?.name ?? '',
      title: row.title.zh,
      centerName: center?.name.zh ?? row.centerId,
      date: row.date,
      startsAt: row.startsAt,
      shortCode: shortCodeOf(row.bookingId),
      ...(row.heldUntil ? { until: untilText(row.heldUntil) } : {}),
    },
  });
}

/** `2026-03-02 17:30` by the civil clock. */
function untilText(instant: string): string {
  const { date, minutes } = civilNow(new Date(instant), CIVIL_ZONE);
  return `${date} ${clockTimeOf(minutes)}`;
}

/** Confirms a booking by message, once for each booking. */
export const tellBooked = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'booking-confirmed');

/** Tells of a cancellation by message, once for each booking. */
export const tellCanceled = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'booking-canceled');

/** Tells who waited that a place is kept for them, and until when; once for each offer. */
export const tellOffered = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'place-offered');

/** Tells that a hold has run out, once for each. */
export const tellLapsed = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'booking-lapsed');
