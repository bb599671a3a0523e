import type { Authorized } from '../../../shared/access/authorize.ts';
import { isWaiting } from '../../../shared/booking/facts/waitlist.ts';
import { removeFromWaitlist } from '../../../shared/booking/waitlist/waitlist.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import type { ClosureItem } from '../items.ts';
import { tellWaits } from '../notices.ts';
import type { WaitCaseItem } from './items.ts';
import { moveWaitCase, takeWaitCase } from './store.ts';

/**
 * Ends the wait of one party and tells them, one write after another, each of which can be repeated: taken in hand, out of the line, told.
 * Lifted before its turn came, it waits on. False when it is in other hands.
 */
export async function endWaiting(by: Authorized, closure: ClosureItem, one: WaitCaseItem): Promise<boolean> {
  const { closureId } = closure;
  const end = (was: WaitCaseItem, state: 'ended' | 'kept' | 'left') =>
    moveWaitCase(by, closureId, was, { state, ...(state === 'ended' ? { toldAt: by.now.toISOString() } : {}) });
  if (one.state === 'pending') {
    if (closure.status === 'lifting') return end(one, 'kept');
    if (!(await isWaiting(by, one.sessionId, one.lead))) return end(one, 'left');
    try {
      if (!(await takeWaitCase(by, closure, one))) return false;
    } catch (error) {
      if (!isRefusal(error, 'changed-meanwhile')) throw error;
      return end(one, 'left');
    }
  }
  const taken = { ...one, state: 'ending' as const };
  const isOut = await removeFromWaitlist(by, one.sessionId, one.lead, one.waitId);
  // Opened again and offered a place in the very moment: that message is theirs.
  if (!isOut) return end(taken, 'kept');
  await tellWaits(by, closure, one);
  return end(taken, 'ended');
}
