import type { PersonId } from '../../contracts/common.ts';
import type { BoardSeat } from '../../contracts/desk.ts';
import { shortCodeOf } from '../../contracts/ids.ts';
import { ageOn } from '../../kernel/days.ts';
import type { Seat } from '../items/session.ts';
import { stateOfSeat } from './booking-row.ts';

type Named = { readonly name: string; readonly birthDate?: string | undefined };

/** The name of somebody who may not be on record any more. */
export const nameOf = (person: Named | undefined): string => person?.name ?? '—';

/** One seat as those see it who receive people, at the desk or on an operator's roster; the age is the one on the session's date. */
export function boardSeatOf(personId: PersonId, seat: Seat, person: Named | undefined, date: string): BoardSeat {
  return {
    bookingId: seat.bookingId,
    personId,
    name: nameOf(person),
    ...(person?.birthDate ? { ageYears: ageOn(person.birthDate, date) } : {}),
    state: stateOfSeat(seat),
    shortCode: shortCodeOf(seat.bookingId),
    byStaff: seat.staffReason !== undefined,
    ...(seat.checkedInAt ? { checkedInAt: seat.checkedInAt } : {}),
    ...(seat.checkedOutAt ? { checkedOutAt: seat.checkedOutAt } : {}),
  };
}
