import type * as z from 'zod';
import { may } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import type { FamilyPlace } from '../../../shared/booking/claim/cancel-seat.ts';
import { rowFactFrom, rowFactKey } from '../../../shared/booking/facts/bookings.ts';
import { readOrder } from '../../../shared/booking/facts/orders.ts';
import { readSession } from '../../../shared/booking/facts/sessions.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { Order } from '../../../shared/booking/items/order.ts';
import { cancelSteps, holdsUntil, keepPercentAt, splitOf } from '../../../shared/booking/price/cancel-rules.ts';
import { familyIn, partCanceled } from '../../../shared/booking/price/family.ts';
import type { BookingId, PersonId } from '../../../shared/contracts/common.ts';
import type { PaidWith } from '../../../shared/contracts/passes.ts';
import type { CancellationTier } from '../../../shared/contracts/policy.ts';
import type { cancellation } from '../../../shared/contracts/prices.ts';
import type { CommandContext, RequestContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow, instantOf } from '../../../shared/kernel/days.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { refusalOfCancel } from '../rules.ts';
import { readPolicy } from '../store.ts';

/** A booking that somebody wants to cancel, and as whom. */
export type ToCancel = { readonly by: AuthorizedActor; readonly row: BookingRow; readonly as: 'resident' | 'staff' };

/** The booking, for who may cancel it: the person, who books for them, the staff of its center. Refuses `no-authority`, `not-found`. */
export async function readCancelable(
  context: CommandContext,
  personId: PersonId,
  bookingId: BookingId,
): Promise<ToCancel> {
  const { by, items } = await authorized(context, [rowFactKey(context.tenantId, personId, bookingId)]);
  const row = rowFactFrom(items[0]);
  mustNotBeLimited(by, [personId]);
  const mayBook = may(by.ability, 'book', 'Person', { personId });
  const asStaff = row !== undefined && may(by.ability, 'staff', 'Desk', { centerId: row.centerId });
  // Whoever may not act for this person learns nothing about which bookings there are.
  if (!mayBook && !asStaff) throw refuse('no-authority');
  if (!row) throw refuse('not-found');
  return { by, row, as: mayBook ? 'resident' : 'staff' };
}

/** Refuses `too-late-to-cancel` or `already-checked-in`. */
export function mustBeCancelable({ by, row, as }: ToCancel): void {
  const no = refusalOfCancel(row, civilNow(by.now, CIVIL_ZONE), as === 'staff');
  if (no) throw no;
}

const startOf = ({ date, startsAt }: BookingRow): Date => instantOf(date, startsAt);

/**
 * What is kept by which hour. As agreed when it was booked; what was booked without saying so (a place drawn or offered) goes by its
 * offering as it stands. The center that cancels keeps nothing.
 */
async function tiersOf({ by, row, as }: ToCancel): Promise<readonly CancellationTier[]> {
  if (as === 'staff') return [];
  if (row.cancellation) return row.cancellation;
  if (row.residentPriceFen === 0 || !row.offeringId) return [];
  return (await readPolicy(by, row.offeringId))?.cancellation ?? [];
}

/** The terms of canceling at this moment: the order and the family that it is part of, and what is kept. */
export type Terms = {
  readonly order: Order | undefined;
  /** Set where those who stay are priced again: never when the center cancels, which changes nobody else's price. */
  readonly family: FamilyPlace | undefined;
  readonly tiers: readonly CancellationTier[];
  readonly keepPercent: number;
};

export async function readTerms(asked: ToCancel): Promise<Terms> {
  const { by, row, as } = asked;
  const { orderId, sessionId, beneficiaryId: personId, bookingId } = row;
  const order = orderId ? await readOrder(by, orderId) : undefined;
  const shared = order && sessionId && as === 'resident' ? familyIn(order, sessionId, personId) : undefined;
  const family =
    shared && orderId && sessionId ? { sessionId, personId, bookingId, orderId, family: shared } : undefined;
  const tiers = await tiersOf(asked);
  return { order, family, tiers, keepPercent: keepPercentAt(tiers, startOf(row), by.now) };
}

/** What comes back to the pass or the fund that paid: a unit only when nothing is kept, of an amount the resident's share. */
const paidBackOf = ({ kind, name, amountFen }: PaidWith, keepPercent: number) =>
  kind === 'pass'
    ? { kind, name, units: keepPercent > 0 ? 0 : 1, amountFen: 0 }
    : { kind, name, amountFen: splitOf(amountFen, keepPercent).refundFen };

/** A hold is given up as a whole. Refuses `held-as-one` where it holds several places. */
export function mustBeWholeHold({ orderId, places }: Order): void {
  if (places.length > 1) throw refuse('held-as-one', { orderId });
}

/**
 * What canceling would come to now: the very amounts that would be recorded, until when they hold, and the rule they follow. Nothing was
 * paid for what is only held. Refuses as canceling does.
 */
export async function quoteCancellation(
  context: RequestContext,
  personId: PersonId,
  bookingId: BookingId,
): Promise<z.input<typeof cancellation>> {
  const asked = await readCancelable(context, personId, bookingId);
  mustBeCancelable(asked);
  const { by, row } = asked;
  const { order, family, tiers, keepPercent } = await readTerms(asked);
  if (order?.status === 'held') mustBeWholeHold(order);
  const session = family && (await readSession(by, family.sessionId));
  const part = family && session && partCanceled(family.family, session, family.orderId, personId);
  const differenceFen = row.state === 'held' ? 0 : (part?.differenceFen ?? row.residentPriceFen);
  const starts = startOf(row);
  const steps = cancelSteps(tiers, differenceFen, starts);
  return {
    differenceFen,
    ...splitOf(differenceFen, keepPercent),
    until: holdsUntil(steps, starts, by.now).toISOString(),
    steps,
    startsAt: starts.toISOString(),
    ...(row.orderId ? { orderId: row.orderId } : {}),
    ...(row.paidWith ? { paidBack: paidBackOf(row.paidWith, keepPercent) } : {}),
    // Of somebody one may not read nothing is told but that the whole costs less.
    repriced: (part?.stay ?? []).filter(
      (other) => other.byFen !== 0 && may(by.ability, 'read', 'Person', { personId: other.personId }),
    ),
  };
}
