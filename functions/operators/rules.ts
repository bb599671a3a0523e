import { stateOfSeat } from '../../shared/booking/booking-row.ts';
import type { Seat } from '../../shared/booking/session-item.ts';
import type { BoardSeat } from '../../shared/contracts/bookings.ts';
import type { Service } from '../../shared/contracts/common.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { ageOn } from '../../shared/kernel/days.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { PersonSummary } from '../people/index.ts';
import type { WhitelistEntryItem } from './items.ts';

/** What somebody is about to book: the session's service and date, and the gross price of one place. */
export type Served = { readonly service: Service; readonly date: string; readonly priceFen: Fen };

/**
 * Whether the whitelist lets an operator serve this at the entry's center: the entry is active, names the service, covers the date
 * (first and last day included) and the price keeps to its ceiling. Without an entry nothing is permitted.
 */
export function permits(entry: WhitelistEntryItem | undefined, { service, date, priceFen }: Served): boolean {
  return (
    entry !== undefined &&
    entry.status === 'active' &&
    entry.services.includes(service) &&
    entry.validFrom <= date &&
    date <= entry.validUntil &&
    (entry.priceCeilingFen === undefined || priceFen <= entry.priceCeilingFen)
  );
}

/** A name that is not on record any more. */
const NAMELESS = '—';

/** One seat as the operator's roster shows it; the age is the one on the session's date. */
export function rosterSeatOf(personId: string, seat: Seat, person: PersonSummary | undefined, date: string): BoardSeat {
  return {
    bookingId: seat.b,
    personId,
    name: person?.name ?? NAMELESS,
    ...(person?.birthDate ? { ageYears: ageOn(person.birthDate, date) } : {}),
    state: stateOfSeat(seat),
    shortCode: shortCodeOf(seat.b),
    byStaff: seat.r !== undefined,
    ...(seat.i ? { checkedInAt: seat.i } : {}),
    ...(seat.x ? { checkedOutAt: seat.x } : {}),
  };
}
