import type { Authorized } from '../../../../shared/access/authorize.ts';
import { isRefusal } from '../../../../shared/kernel/refusal.ts';
import type { ClosureItem } from '../../items.ts';
import { tell } from '../../notices.ts';
import { holdOffer, type Offered, type OfferedParty, offersOf } from '../../offers/commands.ts';
import { findEqual } from '../../offers/queries/finding.ts';
import type { Nearby } from '../../offers/queries/nearby.ts';
import { nameOfPlace } from '../../offers/rules.ts';
import type { CaseItem, Party } from '../items.ts';
import { type CaseMove, markTold, moveCases, takeCases } from '../store.ts';
import { endBooking, readCaseState, refundOf } from './ending.ts';

/** Places tried for one party before its price is given back: each was free when it was read and gone when it was claimed. */
const PLACES_TRIED_MOST = 8;

export const isFinished = ({ state, toldAt }: CaseItem): boolean =>
  state === 'kept' || state === 'ended' || ((state === 'offered' || state === 'none') && toldAt !== undefined);

const isInHand = ({ state }: CaseItem): boolean => state === 'ending' || state === 'seeking';

/**
 * Carries the cases of one party to their end, one write after another, each of which can be repeated: the bookings end, the nearest
 * equal place that has room for all of them is kept, or else one for each by themselves, or the price given back; then they are told.
 * False when they are in other hands, or have to wait.
 */
export async function dispose(nearby: Nearby, closure: ClosureItem, party: readonly CaseItem[]): Promise<boolean> {
  const { by } = nearby;
  const taken = await take(by, closure, party);
  const ended = taken && (await end(nearby, closure, taken));
  const placed = ended && (await place(nearby, closure, ended));
  if (!placed) return false;
  await inform(by, closure, placed);
  return true;
}

/* the bookings end */

/** `undefined`: one of them is in other hands, or its request is still under way. */
async function take(by: Authorized, closure: ClosureItem, party: readonly CaseItem[]): Promise<CaseItem[] | undefined> {
  const settled = party.filter(({ state }) => state !== 'pending');
  const wanted: CaseMove[] = [];
  for (const was of party.filter(({ state }) => state === 'pending')) {
    const stored = await readCaseState(by, was);
    if (stored === 'unsettled') return undefined;
    // Lifted before its turn came: nothing has been done to this booking, and nothing is.
    const stays = stored === 'gone' ? 'ended' : stored === 'there' || closure.status === 'lifting' ? 'kept' : undefined;
    if (stays || typeof stored === 'string') {
      const moved = await moveCases(by, closure.closureId, [{ was, to: { state: stays ?? 'ended' } }]);
      if (!moved) return undefined;
      settled.push(...moved);
      continue;
    }
    const { heldFor, priceFen } = stored;
    const refundFen = refundOf(stored);
    wanted.push({ was, to: { state: 'ending', priceFen, refundFen, ...(heldFor ? { heldFor } : {}) } });
  }
  const taken = await takeAll(by, closure, wanted);
  return taken && [...settled, ...taken].sort(asIn(party));
}

/** All of them in one step; where another closure ends some of the bookings, each by itself. */
async function takeAll(
  by: Authorized,
  closure: ClosureItem,
  moves: readonly CaseMove[],
): Promise<CaseItem[] | undefined> {
  const [first, ...others] = moves;
  if (!first) return [];
  try {
    return await takeCases(by, closure, moves);
  } catch (error) {
    if (!isRefusal(error, 'changed-meanwhile')) throw error;
    if (others.length === 0) return moveCases(by, closure.closureId, [{ was: first.was, to: { state: 'ended' } }]);
  }
  const taken: CaseItem[] = [];
  for (const move of moves) {
    const one = await takeAll(by, closure, [move]);
    if (!one) return undefined;
    taken.push(...one);
  }
  return taken;
}

const asIn = (party: readonly CaseItem[]) => {
  const places = new Map(party.map(({ bookingId }, index) => [bookingId, index]));
  return (a: CaseItem, b: CaseItem) => (places.get(a.bookingId) ?? 0) - (places.get(b.bookingId) ?? 0);
};

async function end(nearby: Nearby, closure: ClosureItem, party: readonly CaseItem[]): Promise<CaseItem[] | undefined> {
  const { by } = nearby;
  const ended: CaseItem[] = [];
  for (const one of party) {
    if (one.state !== 'ending') {
      ended.push(one);
      continue;
    }
    try {
      ended.push({ ...one, refundFen: await endBooking(by, closure, one) });
      nearby.end(one.bookingId);
    } catch (error) {
      if (!isRefusal(error, 'already-checked-in')) throw error;
      const kept = await moveCases(by, closure.closureId, [{ was: one, to: { state: 'kept', refundFen: 0 } }]);
      if (!kept) return undefined;
      ended.push(...kept);
    }
  }
  return ended;
}

/* another place */

/** Every case to `offered` or `none`. `undefined` when one was moved by somebody else. */
async function place(
  nearby: Nearby,
  closure: ClosureItem,
  cases: readonly CaseItem[],
): Promise<CaseItem[] | undefined> {
  const inHand = cases.filter(isInHand);
  const groups = inHand.some(({ apart }) => apart) ? inHand.map((one): CaseItem[] => [one]) : [inHand];
  const placed = cases.filter((one) => !isInHand(one));
  for (const group of groups) {
    let stored: CaseItem[] | undefined = group;
    while (stored?.some(isInHand)) {
      // No place for all of them: each by themselves.
      if (stored.length > 1 && stored[0]?.apart) stored = await place(nearby, closure, stored);
      else stored = await nextStep(nearby, closure, stored);
    }
    if (!stored) return undefined;
    placed.push(...stored);
  }
  return placed.sort(asIn(cases));
}

function nextStep(nearby: Nearby, closure: ClosureItem, group: readonly CaseItem[]): Promise<CaseItem[] | undefined> {
  const [first, ...others] = group;
  if (!first) throw new Error('a group has somebody');
  return first.state === 'ending'
    ? seek(nearby, closure, [first, ...others])
    : keep(nearby, closure, [first, ...others]);
}

/** What still waited for a payment or an approval was nobody's place yet: there is nothing to replace. */
const isReplaced = ({ heldFor, refundFen }: CaseItem): boolean =>
  heldFor === undefined || heldFor === 'offer' || refundFen > 0;

async function seek(nearby: Nearby, closure: ClosureItem, group: Party): Promise<CaseItem[] | undefined> {
  const { by } = nearby;
  const to = (change: (one: CaseItem, index: number) => CaseMove['to']) =>
    moveCases(
      by,
      closure.closureId,
      group.map((was, index) => ({ was, to: { refundFen: was.refundFen, ...change(was, index) } })),
    );
  const [first] = group;
  if (!group.some(isReplaced)) return to(() => ({ state: 'none' }));
  const found = first.refused.length < PLACES_TRIED_MOST ? await findEqual(nearby, closure, group) : undefined;
  if (found) {
    const offers = offersOf(by, closure, group, found);
    return to((_, index) => ({ state: 'seeking', offer: offers[index] }));
  }
  return group.length > 1 ? to(() => ({ apart: true, refused: [] })) : to(() => ({ state: 'none' }));
}

const isOffered = (one: CaseItem): one is Offered => one.offer !== undefined;

async function keep(nearby: Nearby, closure: ClosureItem, group: Party): Promise<CaseItem[] | undefined> {
  const [first, ...others] = group.filter(isOffered);
  if (!first || others.length + 1 !== group.length)
    throw new Error(`case ${group[0].bookingId} seeks a place that it does not name`);
  const party: OfferedParty = [first, ...others];
  const isKept = await holdOffer(nearby, closure, party);
  if (isKept) for (const { personId, offer } of party) nearby.give(personId, offer);
  else nearby.forget(first.offer);
  const moves = party.map((was): CaseMove => {
    const refused = [...was.refused, nameOfPlace(was.offer)];
    return { was, to: isKept ? { state: 'offered' } : { state: 'ending', refused } };
  });
  return moveCases(nearby.by, closure.closureId, moves);
}

/* and the word of it */

/** One message for all who are offered a place together, one for all of a party who get their price back. */
async function inform(by: Authorized, closure: ClosureItem, cases: readonly CaseItem[]): Promise<void> {
  const isTold = ({ state }: CaseItem) => state === 'offered' || state === 'none';
  const messages = Map.groupBy(cases.filter(isTold), ({ state, offer, bookingId }) =>
    state === 'offered' ? (offer?.orderId ?? bookingId) : state,
  );
  for (const [first, ...others] of messages.values()) {
    if (!first || [first, ...others].every(({ toldAt }) => toldAt)) continue;
    await tell(by, closure, [first, ...others]);
    for (const one of [first, ...others]) await markTold(by, closure.closureId, one);
  }
}
