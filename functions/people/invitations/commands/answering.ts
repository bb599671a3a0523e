import { authorized } from '../../../../shared/access/authorize.ts';
import type { InvitationId } from '../../../../shared/contracts/common.ts';
import type { InvitationAccepted } from '../../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../../../shared/kernel/days.ts';
import { isRefusal, refuse } from '../../../../shared/kernel/refusal.ts';
import { acceptGrant } from '../../grants/commands.ts';
import { readHousehold } from '../../households/queries.ts';
import * as households from '../../households/store.ts';
import { acceptMerge } from '../../merges/commands.ts';
import { readAddressee } from '../queries.ts';
import { checkAdult } from '../rules.ts';
import * as store from '../store.ts';

/**
 * Accepts: the actor becomes an adult of the household, brings their own into it, or holds the grant. Accepting twice is accepting
 * once. Refuses `invitation-gone`, `adults-only`, `already-in-household`, `too-many-members`, `already-granted`, and what
 * {@link acceptMerge} does.
 */
export async function acceptInvitation(
  context: RequestContext,
  invitationId: InvitationId,
): Promise<InvitationAccepted> {
  const { by, own, phoneMac } = await readAddressee(context);
  const invitation = phoneMac && (await store.readInvitation(by, phoneMac, invitationId));
  if (!invitation) throw refuse('invitation-gone');
  checkAdult(own.birthDate, civilNow(by.now, CIVIL_ZONE).date);
  if (!('householdId' in invitation)) return { grant: await acceptGrant(by, invitation) };
  if (invitation.kind === 'merge') await acceptMerge(by, own, invitation);
  else await households.joinHousehold(by, invitation);
  try {
    return { household: await readHousehold(context, invitation.householdId) };
  } catch (error) {
    // Accepted long ago, and left since.
    throw isRefusal(error, 'no-authority') ? refuse('invitation-gone') : error;
  }
}

/** Says no; whoever asked sees their invitation wait until it expires, as for a number that nobody has. Refuses `invitation-gone`. */
export async function declineInvitation(context: RequestContext, invitationId: InvitationId): Promise<void> {
  const { by, phoneMac } = await readAddressee(context);
  if (!phoneMac) throw refuse('invitation-gone');
  await store.declineInvitation(by, phoneMac, invitationId);
}

/** Takes back an invitation that one has sent. Refuses `invitation-gone`. */
export async function withdrawInvitation(context: RequestContext, invitationId: InvitationId): Promise<void> {
  const { by } = await authorized(context);
  const invitation = await store.readSentInvitation(by, invitationId);
  if (!invitation) throw refuse('invitation-gone');
  await store.withdrawInvitation(by, invitation);
}
