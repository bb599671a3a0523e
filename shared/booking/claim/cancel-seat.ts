import type { Authorized } from '../../access/authorize.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Condition, condition } from '../../table/conditions.ts';
import { keys } from '../../table/keys.ts';
import { get, parsedItem } from '../../table/read.ts';
import { update } from '../../table/write.ts';
import type { Gone } from '../items/claim-end.ts';
import { type Seat, type SessionItem, sessionItem } from '../items/session.ts';
import { type Family, type PartCanceled, partCanceled } from '../price/family.ts';
import type { Why } from './release.ts';

/** A family has so many members at most, and each time one of them was faster, one fewer is left. */
const ROUNDS = 8;

/** Who cancels one place of a family's order. */
export type FamilyPlace = {
  readonly sessionId: string;
  readonly personId: string;
  readonly bookingId: string;
  readonly orderId: string;
  readonly family: Family;
};

/** What comes of it: the amounts, from what the family pays less. */
export type Amounts = { readonly k: number; readonly r: number };

export type CanceledSeat = {
  /** What stands on the session about the end of this booking; `undefined` when it was over before and others have ended since. */
  readonly gone: Gone | undefined;
  readonly part: PartCanceled | undefined;
};

/**
 * Gives a family's place back and prices those who stay again, in one conditional update of the session: the place, the amounts and the new
 * prices are one write. It holds only while the whole family stands as it was read; else it is decided anew. `amountsOf` says what
 * of the difference is kept, and refuses when that is not what was shown. Done again it changes nothing. Refuses `already-checked-in`.
 */
export async function cancelFamilySeat(
  by: Authorized,
  place: FamilyPlace,
  why: Omit<Why, 'k' | 'r' | 'd'>,
  amountsOf: (differenceFen: number) => Amounts,
): Promise<CanceledSeat> {
  const { sessionId, personId, bookingId, orderId, family } = place;
  for (let round = 0; round < ROUNDS; round += 1) {
    const session = await get(keys.booking.session(by.tenantId, sessionId), sessionItem);
    const seat = session?.seats[personId];
    if (!session || seat?.b !== bookingId) return { gone: goneOf(session, bookingId), part: undefined };
    if (seat.i) throw refuse('already-checked-in', { sessionId, personId });
    const part = partCanceled(family, session, orderId, personId);
    const gone: Gone = { b: bookingId, ...why, ...amountsOf(part.differenceFen), ...movedPart(part) };
    if (await released(by, place, seat, part, gone)) return { gone, part };
  }
  throw refuse('try-again');
}

const goneOf = (session: SessionItem | undefined, bookingId: string): Gone | undefined =>
  session?.gone?.b === bookingId ? session.gone : undefined;

function movedPart({ stay }: PartCanceled): Pick<Gone, 'd'> {
  const moved = stay.filter(({ byFen }) => byFen !== 0).map(({ bookingId, byFen }) => [bookingId, byFen]);
  return moved.length > 0 ? { d: Object.fromEntries(moved) } : {};
}

/** The one write. False when the family no longer stands as it was read. */
async function released(
  by: Authorized,
  { sessionId, personId, bookingId }: FamilyPlace,
  seat: Seat,
  { stay, gone: ranks }: PartCanceled,
  gone: Gone,
): Promise<boolean> {
  const names: Record<string, string> = { '#p': personId };
  const values: Record<string, unknown> = {
    ':minusOne': -1,
    ':one': 1,
    ':booking': bookingId,
    ':gone': gone,
    ...(stay.length > 0 ? { ':ranks': ranks } : {}),
    ...(seat.v ? { ':before': seat.v } : {}),
  };
  const sets = ['gone = :gone'];
  const conditions: Condition[] = [
    condition('this booking holds the place', 'seats.#p.b = :booking'),
    condition('not checked in', 'attribute_not_exists(seats.#p.i)'),
    condition('priced as read', seat.v ? 'seats.#p.v = :before' : 'attribute_not_exists(seats.#p.v)'),
  ];
  for (const [index, other] of stay.entries()) {
    names[`#p${index}`] = other.personId;
    Object.assign(values, {
      [`:b${index}`]: other.bookingId,
      [`:c${index}`]: other.priceFen,
      [`:q${index}`]: other.chargedFen,
    });
    const at = `seats.#p${index}`;
    sets.push(`${at}.c = :c${index}`, `${at}.q = :q${index}`, `${at}.v = :ranks`);
    conditions.push(condition('who stays is still there', `${at}.b = :b${index}`));
  }
  const { outcome } = await update({
    key: keys.booking.session(by.tenantId, sessionId),
    update: `SET ${sets.join(', ')} REMOVE seats.#p ADD taken :minusOne, freed :one${seat.g ? ', takenPriority :minusOne' : ''}`,
    names,
    values,
    conditions,
    meaning: (item) => {
      // A word of its own for who came in the meantime; whatever else is another family now is looked at again.
      const now = item && parsedItem(sessionItem, item).seats[personId];
      return now?.b === bookingId && now.i ? refuse('already-checked-in', { sessionId, personId }) : 'done';
    },
  });
  return outcome === 'fresh';
}
