import type { Authorized } from '../../shared/access/authorize.ts';
import type { BookingRow } from '../../shared/booking/booking-row.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { sendMessage } from '../../shared/messages/send.ts';
import { profilesOf } from '../people/index.ts';
import { centerOfBooking } from './store.ts';

async function tell(by: Authorized, row: BookingRow, kind: 'booking-confirmed' | 'booking-canceled'): Promise<void> {
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
    },
  });
}

/** Confirms a booking by message, once for each booking. */
export const tellBooked = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'booking-confirmed');

/** Tells of a cancellation by message, once for each booking. */
export const tellCanceled = (by: Authorized, row: BookingRow): Promise<void> => tell(by, row, 'booking-canceled');
