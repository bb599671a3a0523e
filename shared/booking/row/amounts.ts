import * as z from 'zod';
import type { Authorized } from '../../access/authorize.ts';
import { type BookingId, instant, personId } from '../../contracts/common.ts';
import { isNew } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { queryAll } from '../../table/read.ts';
import { put } from '../../table/write.ts';
import type { BookingRow } from '../items/booking-row.ts';
import type { BookingState } from './states.ts';

/**
 * The port of what is owed: until a ledger takes them, amounts are recorded here as they were quoted. A movement takes an amount from one
 * account to another, so it balances by construction: `resident`, `fees` (what is kept of canceled bookings), `booking.<id>`. At rest
 * an account of a booking holds what that booking costs, and nothing once it is over.
 */
export const movement = z.object({
  is: z.literal('amount').default('amount'),
  /** `charge`, `refund`, `kept`, or `repriced`: what passes to another booking of the order whose price changed with it. */
  kind: z.enum(['charge', 'refund', 'kept', 'repriced']),
  /** Names the movement within its order; made from what it is about, so that it is recorded once. */
  id: z.string(),
  from: z.string(),
  to: z.string(),
  amountFen: z.int().positive(),
  asset: z.literal('CNY').default('CNY'),
  bookingId: z.string(),
  /** For whom the booking is, and who brought the movement about. */
  personId,
  actorId: personId.optional(),
  at: instant,
});
export type Movement = z.infer<typeof movement>;

/** Records a movement, once; it is never changed. `of` is the order, or the booking that has none. */
export async function recordAmount(by: Authorized, of: string, one: Omit<Movement, 'is' | 'asset'>): Promise<void> {
  await put({
    key: keys.booking.amount(by.tenantId, of, one.id),
    item: { is: 'amount', asset: 'CNY', ...one },
    conditions: [isNew],
    meaning: () => 'done',
  });
}

/** Every movement of an order, or of a booking that has none. */
export const readAmounts = (by: Authorized, of: string): Promise<Movement[]> =>
  queryAll({ pk: keys.booking.amounts(by.tenantId, of) }, movement);

const account = (bookingId: BookingId): string => `booking.${bookingId}`;
const chargeId = (bookingId: BookingId): string => `charge.${bookingId}`;

/** What a row says was charged for it when it became a booking, if anything. */
function chargeOf(row: BookingRow): Omit<Movement, 'is' | 'asset'> | undefined {
  const amountFen = row.chargedFen ?? row.residentPriceFen;
  if (amountFen <= 0) return undefined;
  const { bookingId, beneficiaryId, actorId, createdAt: at } = row;
  const about = { bookingId, personId: beneficiaryId, actorId, at };
  return { kind: 'charge', id: chargeId(bookingId), from: 'resident', to: account(bookingId), amountFen, ...about };
}

/** What a canceled row says of its end: what was given back, what was kept, what passed to others in the order. */
function endMovements(row: BookingRow): Omit<Movement, 'is' | 'asset'>[] {
  const { bookingId, beneficiaryId, endedBy, keptFen = 0, moved = {}, canceledAt, createdAt } = row;
  const passed = Object.values(moved).reduce((sum, byFen) => sum + byFen, 0);
  // Where nobody said otherwise all of it goes back.
  const refundFen = row.refundFen ?? row.residentPriceFen - keptFen - passed;
  const own = account(bookingId);
  const about = {
    bookingId,
    personId: beneficiaryId,
    ...(endedBy ? { actorId: endedBy } : {}),
    at: canceledAt ?? createdAt,
  };
  const to = (kind: 'refund' | 'kept', name: string, amountFen: number) => ({
    kind,
    id: `${kind}.${bookingId}`,
    from: own,
    to: name,
    amountFen,
    ...about,
  });
  const between = Object.entries(moved).map(([other, byFen]) => ({
    kind: 'repriced' as const,
    id: `repriced.${bookingId}.${other}`,
    from: byFen > 0 ? own : account(other),
    to: byFen > 0 ? account(other) : own,
    amountFen: Math.abs(byFen),
    ...about,
  }));
  return [to('refund', 'resident', refundFen), to('kept', 'fees', keptFen), ...between].filter(
    ({ amountFen }) => amountFen > 0,
  );
}

const PAID: readonly BookingState[] = ['booked', 'checked-in', 'checked-out', 'no-show', 'excused'];

/**
 * What a row owes to the port, as the record of its change from state `from` shows it: a charge once it is a booking, the movements of its
 * end once it is canceled. What was only held was never charged, and nothing comes back of it. Twice, late or out of order it is
 * recorded once.
 */
export async function recordAmountsOf(by: Authorized, row: BookingRow, from: unknown): Promise<void> {
  const ended = row.state === 'canceled' && PAID.some((state) => state === from);
  if (!ended && !PAID.includes(row.state)) return;
  const charge = chargeOf(row);
  const movements = [...(charge ? [charge] : []), ...(ended ? endMovements(row) : [])];
  for (const one of movements) await recordAmount(by, row.orderId ?? row.bookingId, one);
}
