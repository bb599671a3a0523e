import type { Authorized } from '../../shared/access/authorize.ts';
import { isRefusal } from '../../shared/kernel/refusal.ts';
import { endBooking, refundOf, standingOf } from './ending.ts';
import { equalPlace, nameOfPlace } from './finding.ts';
import type { CaseItem, ClosureItem } from './items.ts';
import type { Nearby } from './nearby.ts';
import { tell } from './notices.ts';
import { offerOf, reserve } from './reserving.ts';
import { markTold, moveCase, takeCase } from './store/cases.ts';

/** Places tried for one case before its price is given back: each was free when it was read and gone when it was claimed. */
const PLACES_TRIED_MOST = 8;

export const isFinished = ({ state, toldAt }: CaseItem): boolean =>
  state === 'kept' || state === 'ended' || ((state === 'offered' || state === 'none') && toldAt !== undefined);

/**
 * Carries one case to its end, one write after another, each of which can be repeated: the booking ends, the nearest equal place is
 * kept or the price given back, the person is told. Gives the case as it then stands; `undefined` when it is in other hands, or
 * has to wait.
 */
export async function dispose(nearby: Nearby, closure: ClosureItem, begun: CaseItem): Promise<CaseItem | undefined> {
  let one: CaseItem | undefined = begun;
  while (one && !isFinished(one)) one = await step(nearby, closure, one);
  return one;
}

function step(nearby: Nearby, closure: ClosureItem, one: CaseItem): Promise<CaseItem | undefined> {
  switch (one.state) {
    case 'pending':
      return take(nearby.by, closure, one);
    case 'ending':
      return end(nearby, closure, one);
    case 'seeking':
      return keep(nearby, closure, one);
    default:
      return inform(nearby.by, closure, one);
  }
}

async function take(by: Authorized, closure: ClosureItem, one: CaseItem): Promise<CaseItem | undefined> {
  const move = (to: Partial<CaseItem>) => moveCase(by, closure.closureId, one, to);
  const standing = await standingOf(by, one);
  if (standing === 'unsettled') return undefined;
  if (standing === 'gone') return move({ state: 'ended' });
  if (standing === 'there') return move({ state: 'kept' });
  // Lifted before its turn came: nothing has been done to this booking, and nothing is.
  if (closure.status === 'lifting') return move({ state: 'kept' });
  const { heldFor, priceFen } = standing;
  const refundFen = refundOf(standing);
  try {
    return await takeCase(by, closure, one, { state: 'ending', priceFen, refundFen, ...(heldFor ? { heldFor } : {}) });
  } catch (error) {
    if (!isRefusal(error, 'changed-meanwhile')) throw error;
    return move({ state: 'ended' });
  }
}

async function end(nearby: Nearby, closure: ClosureItem, one: CaseItem): Promise<CaseItem | undefined> {
  const { by } = nearby;
  const { closureId } = closure;
  let refundFen: number;
  try {
    refundFen = await endBooking(by, closure, one);
  } catch (error) {
    if (!isRefusal(error, 'already-checked-in')) throw error;
    return moveCase(by, closureId, one, { state: 'kept', refundFen: 0 });
  }
  nearby.end(one.bookingId);
  // What still waited for a payment or an approval was nobody's place yet: there is nothing to replace.
  const isReplaced = one.heldFor === undefined || one.heldFor === 'offer' || refundFen > 0;
  const place =
    isReplaced && one.refused.length < PLACES_TRIED_MOST ? await equalPlace(nearby, closure, one) : undefined;
  if (!place) return moveCase(by, closureId, one, { state: 'none', refundFen });
  return moveCase(by, closureId, one, { state: 'seeking', refundFen, offer: offerOf(by, closure, one, place) });
}

async function keep(nearby: Nearby, closure: ClosureItem, one: CaseItem): Promise<CaseItem | undefined> {
  const { offer } = one;
  if (!offer) throw new Error(`case ${one.bookingId} seeks a place that it does not name`);
  const { by } = nearby;
  const isKept = await reserve(nearby, closure, one, offer);
  // Ours or another's: nobody else can have it.
  nearby.give(one.personId, offer);
  if (isKept) return moveCase(by, closure.closureId, one, { state: 'offered' });
  return moveCase(by, closure.closureId, one, { state: 'ending', refused: [...one.refused, nameOfPlace(offer)] });
}

async function inform(by: Authorized, closure: ClosureItem, one: CaseItem): Promise<CaseItem> {
  await tell(by, closure, one);
  await markTold(by, closure.closureId, one);
  return { ...one, toldAt: by.now.toISOString() };
}
