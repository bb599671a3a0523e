import type { Authorized } from '../../access/authorize.ts';
import type { BookingId, OrderId, PersonId, SessionId } from '../../contracts/common.ts';
import { again, retry } from '../../kernel/again.ts';
import { refuse } from '../../kernel/refusal.ts';
import { type Condition, condition } from '../../table/conditions.ts';
import { get, parsedItem } from '../../table/read.ts';
import { update } from '../../table/write.ts';
import { type ClaimEnd, encodeClaimEnd } from '../items/claim-end.ts';
import { type Seat, type SessionItem, seatPath, sessionItem } from '../items/session.ts';
import type { CancelAmounts } from '../price/cancel-rules.ts';
import { type Family, type PartCanceled, partCanceled } from '../price/family.ts';
import { sessionKey } from './keys.ts';
import type { Why } from './release.ts';

/** A family has so many members at most, and each time one of them was faster, one fewer is left. */
const ROUNDS = 8;

/** Who cancels one place of a family's order. */
export type FamilyPlace = {
  readonly sessionId: SessionId;
  readonly personId: PersonId;
  readonly bookingId: BookingId;
  readonly orderId: OrderId;
  readonly family: Family;
};

export type CanceledSeat = {
  /** What stands on the session about the end of this booking; `undefined` when it was over before and others have ended since. */
  readonly gone: ClaimEnd | undefined;
  readonly part: PartCanceled | undefined;
};

/**
 * Gives a family's place back and prices those who stay again, in one conditional update of the session: the place, the amounts and the new
 * prices are one write. It holds only while the whole family stands as it was read; else it is decided anew. `amountsOf` says what
 * of the difference is kept, and refuses when that is not what was shown. Done again it changes nothing. Refuses `already-checked-in`.
 */
export function cancelFamilySeat(
  by: Authorized,
  place: FamilyPlace,
  why: Omit<Why, 'keptFen' | 'refundFen' | 'moved'>,
  amountsOf: (differenceFen: number) => CancelAmounts,
): Promise<CanceledSeat> {
  const { sessionId, personId, bookingId, orderId, family } = place;
  return again(ROUNDS, async () => {
    const session = await get(sessionKey(by, sessionId), sessionItem);
    const seat = session?.seats[personId];
    if (!session || seat?.bookingId !== bookingId) return { gone: goneOf(session, bookingId), part: undefined };
    if (seat.checkedInAt) throw refuse('already-checked-in', { sessionId, personId });
    const part = partCanceled(family, session, orderId, personId);
    const gone: ClaimEnd = { bookingId, ...why, ...amountsOf(part.differenceFen), ...movedPart(part) };
    return (await released(by, place, seat, part, gone)) ? { gone, part } : retry;
  });
}

const goneOf = (session: SessionItem | undefined, bookingId: BookingId): ClaimEnd | undefined =>
  session?.gone?.bookingId === bookingId ? session.gone : undefined;

function movedPart({ stay }: PartCanceled): Pick<ClaimEnd, 'moved'> {
  const moved = stay.filter(({ byFen }) => byFen !== 0).map(({ bookingId, byFen }) => [bookingId, byFen]);
  return moved.length > 0 ? { moved: Object.fromEntries(moved) } : {};
}

/** The one write. False when the family no longer stands as it was read. */
async function released(
  by: Authorized,
  { sessionId, personId, bookingId }: FamilyPlace,
  seat: Seat,
  { stay, gone: uncounted }: PartCanceled,
  gone: ClaimEnd,
): Promise<boolean> {
  const ranks = seatPath('#p', 'uncountedRanks');
  const names: Record<string, string> = { '#p': personId };
  const values: Record<string, unknown> = {
    ':minusOne': -1,
    ':one': 1,
    ':booking': bookingId,
    ':gone': encodeClaimEnd(gone),
    ...(stay.length > 0 ? { ':ranks': uncounted } : {}),
    ...(seat.uncountedRanks ? { ':before': seat.uncountedRanks } : {}),
  };
  const sets = ['gone = :gone'];
  const conditions: Condition[] = [
    condition('this booking holds the place', `${seatPath('#p', 'bookingId')} = :booking`),
    condition('not checked in', `attribute_not_exists(${seatPath('#p', 'checkedInAt')})`),
    condition('priced as read', seat.uncountedRanks ? `${ranks} = :before` : `attribute_not_exists(${ranks})`),
  ];
  for (const [index, other] of stay.entries()) {
    names[`#p${index}`] = other.personId;
    Object.assign(values, {
      [`:booking${index}`]: other.bookingId,
      [`:price${index}`]: other.priceFen,
      [`:charged${index}`]: other.chargedFen,
    });
    const at = (name: keyof Seat) => seatPath(`#p${index}`, name);
    sets.push(
      `${at('priceFen')} = :price${index}`,
      `${at('chargedFen')} = :charged${index}`,
      `${at('uncountedRanks')} = :ranks`,
    );
    conditions.push(condition('who stays is still there', `${at('bookingId')} = :booking${index}`));
  }
  const { outcome } = await update({
    key: sessionKey(by, sessionId),
    update: `SET ${sets.join(', ')} REMOVE seats.#p ADD taken :minusOne, freed :one${seat.isPriority ? ', takenPriority :minusOne' : ''}`,
    names,
    values,
    conditions,
    meaning: (item) => {
      // A word of its own for who came in the meantime; whatever else is another family now is looked at again.
      const now = item && parsedItem(sessionItem, item).seats[personId];
      return now?.bookingId === bookingId && now.checkedInAt
        ? refuse('already-checked-in', { sessionId, personId })
        : 'done';
    },
  });
  return outcome === 'fresh';
}
