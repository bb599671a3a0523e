import type { Authorized } from '../../shared/access/authorize.ts';
import { giveUpOrder } from '../../shared/booking/book/confirm.ts';
import { cancelFamilySeat, type FamilyPlace } from '../../shared/booking/claim/cancel-seat.ts';
import { releaseAgenda, releaseRoom, releaseSeat, type Why } from '../../shared/booking/claim/release.ts';
import { readRow } from '../../shared/booking/facts/bookings.ts';
import { reconcileOrder } from '../../shared/booking/heal/reconcile.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import type { ClaimEnd } from '../../shared/booking/items/claim-end.ts';
import { roomDayItem } from '../../shared/booking/items/day-sheet.ts';
import type { Order } from '../../shared/booking/items/order.ts';
import { sessionItem } from '../../shared/booking/items/session.ts';
import { type CancelAmounts, splitOf } from '../../shared/booking/price/cancel-rules.ts';
import { moveRow, repriceRow } from '../../shared/booking/row/rows.ts';
import { isActive } from '../../shared/booking/row/states.ts';
import type { BookingId, PersonId } from '../../shared/contracts/common.ts';
import type { CommandContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { parsedItem } from '../../shared/table/read.ts';
import type { Outcome } from '../../shared/table/write.ts';
import { mustBeCancelable, mustBeWholeHold, readCancelable, readTerms } from './cancellation/queries.ts';
import { mustBeShown } from './rules.ts';
import { readRoomName } from './store.ts';

/**
 * Cancels a booking: the claim goes first (the place is free at once), with the amounts and the new prices of a family that stays in the
 * same write; then the person's day, then the row. When the function dies in between, the stream does the rest. `shownRefundFen` is the
 * refund that was shown; any other is refused, and it must be given where not all of the price comes back. Canceling twice is
 * canceling once. Refuses `not-found`, `no-authority`, `too-late-to-cancel`, `already-checked-in`, `amount-changed`, `held-as-one`.
 */
export async function cancelBooking(
  context: CommandContext,
  personId: PersonId,
  bookingId: BookingId,
  shownRefundFen?: number,
): Promise<BookingRow> {
  const asked = await readCancelable(context, personId, bookingId);
  const { by, row, as } = asked;
  if (!isActive(row.state)) return row;
  mustBeCancelable(asked);
  const { order, family, keepPercent } = await readTerms(asked);
  if (row.state === 'held' && order) {
    if (order.status === 'held') return giveHoldUp(by, by.actor.personId, order, row);
    // Its time was over, or a first try died after it had been given up: what follows from that is done now, and nothing was paid.
    if (order.status === 'released') {
      await reconcileOrder(by, order, (roomId) => readRoomName(by, roomId));
      return ended(by, row);
    }
    // Confirmed a moment ago, paid for by whatever it said: it is a booking, and ends as one.
    if (order.status === 'booked') {
      await moveRow(by, row, 'booked', { paid: order.paid?.[row.bookingId] });
      return cancelBooking(context, personId, bookingId, shownRefundFen);
    }
  }

  const amountsOf = (differenceFen: number) => {
    const amounts = splitOf(differenceFen, keepPercent);
    mustBeShown(shownRefundFen, { ...amounts, priceFen: row.residentPriceFen });
    return amounts;
  };
  // A pass or a fund that paid gets back what a resident would have got.
  const ofPaid = row.paidWith && keepPercent > 0 ? { keptPercent: keepPercent } : {};
  const why: Why = { endedBy: by.actor.personId, because: as, ...ofPaid };
  const gone = family
    ? await endInFamily(by, family, why, amountsOf)
    : await endAlone(by, row, row.residentPriceFen > 0 ? { ...why, ...amountsOf(row.residentPriceFen) } : why);
  const { date, startsAt, endsAt, kind } = row;
  await releaseAgenda(by, {
    personId,
    date,
    bookingId,
    startsAt,
    endsAt,
    ofRoom: kind === 'room',
    keepPercent: (gone ?? why).keptPercent,
  });
  if (gone) await moveRow(by, row, 'canceled', { gone });
  return ended(by, row);
}

/** The row after it was ended. What ended it a moment ago, and is not written yet, will be found by a second try. */
async function ended(by: Authorized, { beneficiaryId, bookingId }: BookingRow): Promise<BookingRow> {
  const row = await readRow(by, beneficiaryId, bookingId);
  if (!row || isActive(row.state)) throw refuse('try-again');
  return row;
}

/** A hold is given up as a whole: nothing was paid for it. Refuses `held-as-one` where it holds more than this. */
async function giveHoldUp(by: Authorized, actorId: PersonId, order: Order, row: BookingRow): Promise<BookingRow> {
  mustBeWholeHold(order);
  await giveUpOrder(by, order, order.heldFor === 'offer' ? 'declined' : 'withdrawn', actorId);
  return ended(by, row);
}

/** One of a family: those who stay are priced again, and their rows follow. Gives what stands about the end, if it is known. */
async function endInFamily(
  by: Authorized,
  place: FamilyPlace,
  why: Why,
  amountsOf: (differenceFen: number) => CancelAmounts,
): Promise<ClaimEnd | undefined> {
  const { gone, part } = await cancelFamilySeat(by, place, why, amountsOf);
  for (const { personId, bookingId, priceFen, chargedFen } of part?.stay ?? []) {
    const repricings = part?.gone.length ?? 0;
    await repriceRow(by, { beneficiaryId: personId, bookingId }, { priceFen, chargedFen, repricings });
  }
  return gone;
}

/**
 * A claim of its own. Of two who end it at once, one does, and what that one said stands: `undefined` when it can no longer be read from
 * the claim, because others have ended there since.
 */
async function endAlone(by: Authorized, row: BookingRow, why: Why): Promise<ClaimEnd | undefined> {
  const { bookingId, beneficiaryId, sessionId, roomId, date, startsAt, endsAt, buffers, with: others } = row;
  let outcome: Outcome | undefined;
  if (sessionId) outcome = await releaseSeat(by, sessionId, beneficiaryId, bookingId, why);
  else if (roomId)
    outcome = await releaseRoom(by, { roomId, date, bookingId, startsAt, endsAt, buffers, with: others }, why);
  if (outcome?.outcome !== 'done') return { bookingId, ...why };
  const left = outcome.item && parsedItem(sessionId ? sessionItem : roomDayItem, outcome.item).gone;
  if (left?.bookingId === bookingId) return left;
  // Without money in it there is nothing to get wrong: whoever ended it, it ended.
  return row.residentPriceFen === 0 && !row.paidWith ? { bookingId, ...why } : undefined;
}
