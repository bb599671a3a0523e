import type { BookingId, OrderId, PersonId, SessionId } from '../../contracts/common.ts';
import type { Fen } from '../../kernel/money.ts';
import type { Order } from '../items/order.ts';
import type { SessionItem } from '../items/session.ts';
import { familyPrices, type Tariff } from './quotes.ts';

/** The people of one order in one session, the eldest first, and the tariff that they were priced by. */
export type Family = { readonly ranks: readonly string[]; readonly tariff: Tariff };

/** Who stays when one of a family cancels, with what they pay from then on, and by how much that is more (or less) than before. */
export type Repriced = {
  readonly personId: PersonId;
  readonly bookingId: BookingId;
  readonly priceFen: Fen;
  readonly byFen: Fen;
  /** What was charged for it at first. */
  readonly chargedFen: Fen;
};
export type PartCanceled = {
  /** What the family pays less from now on: the old total less the total of those who stay, priced again. */
  readonly differenceFen: Fen;
  readonly stay: readonly Repriced[];
  /** Ranks that no longer count, the new one among them. */
  readonly gone: readonly number[];
};

/** The family that somebody is priced with in a session of an order; `undefined` where they pay for themselves, or not at all. */
export function familyIn(
  { family }: Pick<Order, 'family'>,
  sessionId: SessionId,
  personId: PersonId,
): Family | undefined {
  const agreed = family?.[sessionId];
  if (!agreed?.eldestFirst.includes(personId)) return undefined;
  const { eldestFirst: ranks, ...tariff } = agreed;
  return { ranks, tariff };
}

/**
 * One of a family cancels: those who stay are priced again as if they had booked without them, and the family gets the difference back.
 * Whose place the center ended still counts: nobody pays more because the center canceled. Where pricing again would raise the total,
 * which only a tariff that asks more of younger children can, those who stay keep their prices.
 */
export function partCanceled(
  { ranks, tariff }: Family,
  session: Pick<SessionItem, 'seats' | 'residentPriceFen'>,
  orderId: OrderId,
  personId: PersonId,
): PartCanceled {
  const stored = ranks.filter((id) => session.seats[id]?.orderId === orderId);
  const priceOf = (id: string): Fen => session.seats[id]?.priceFen ?? session.residentPriceFen;
  const gone = [...(session.seats[personId]?.uncountedRanks ?? []), ranks.indexOf(personId)];
  const counting = ranks.filter((_, rank) => !gone.includes(rank));
  const prices = familyPrices(tariff, counting.length);
  const others = stored.filter((id) => id !== personId);
  const again = others.map((id) => prices[counting.indexOf(id)] ?? tariff.priceFen);
  const sum = (parts: readonly Fen[]) => parts.reduce((total, part) => total + part, 0);
  const differenceFen = sum(stored.map(priceOf)) - sum(again);
  const keepPrices = differenceFen < 0;
  const stay = others.map((id, index): Repriced => {
    const priceFen = keepPrices ? priceOf(id) : (again[index] ?? priceOf(id));
    const seat = session.seats[id];
    const chargedFen = seat?.chargedFen ?? priceOf(id);
    return { personId: id, bookingId: seat?.bookingId ?? '', priceFen, byFen: priceFen - priceOf(id), chargedFen };
  });
  return { differenceFen: keepPrices ? priceOf(personId) : differenceFen, stay, gone };
}
