import { may } from '../../../shared/access/abilities.ts';
import { authorized, mustBeAble, mustNotBeLimited } from '../../../shared/access/authorize.ts';
import { leaveWaitlist } from '../../../shared/booking/waitlist/waitlist.ts';
import type { PersonId, SessionId } from '../../../shared/contracts/common.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { centerOf } from '../../../shared/table/keys.ts';

/** Takes a party out of the line. Refuses `no-authority`, `not-waiting`. */
export async function leave(context: RequestContext, personId: PersonId, sessionId: SessionId): Promise<void> {
  const { by } = await authorized(context);
  const staff = may(by.ability, 'staff', 'Desk', { centerId: centerOf(sessionId) });
  if (staff) mustNotBeLimited(by, [personId]);
  else mustBeAble(by, 'book', 'Person', { personId }, 'no-authority');
  await leaveWaitlist(by, sessionId, personId);
}
