import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import type { Grant, grantCreate } from '../../shared/contracts/people.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { derivedId } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { addressed, invite, sendingReads } from './inviting.ts';
import type { GrantInvitation, GrantItem } from './items.ts';
import { guardianOfOneself } from './rules.ts';
import * as store from './store/grants.ts';
import { profilesOf } from './store/people.ts';

/**
 * Asks the person behind a phone number to act for oneself or for a child one is guardian of; once they accept they may. Refuses
 * `no-authority`, `phone-format`, `rate-limited`, `idempotency-key-reused`.
 */
export async function giveGrant(
  { kind, subjectId, holderPhone }: z.output<typeof grantCreate>,
  context: RequestContext,
): Promise<void> {
  const number = await addressed(holderPhone);
  const { by, items } = await authorized(context, sendingReads(context, number.phoneMac));
  mustBeAble(by, 'share', 'Person', { personId: subjectId }, 'no-authority');
  if (kind === 'guardian' && subjectId === by.actor.personId) throw guardianOfOneself();
  await invite(by, context, { ...number, field: 'body.holderPhone' }, { kind, subjectId }, items);
}

/** The actor holds the grant that the invitation offers. Refuses `invitation-gone`, `already-granted`. */
export async function acceptGrant(by: AuthorizedActor, invitation: GrantInvitation): Promise<Grant> {
  const { kind, subjectId, invitationId, since } = invitation;
  const holderId = by.actor.personId;
  if (holderId === subjectId) throw refuse('already-granted');
  const grant: GrantItem = {
    grantId: derivedId('g', by.tenantId, invitationId, since),
    kind,
    holderId,
    subjectId,
    since: by.now.toISOString(),
  };
  const { outcome } = await store.createGrant(by, invitation, grant);
  const held = outcome === 'fresh' ? grant : await store.readGrant(by, holderId, grant.grantId);
  if (!held || held.endedAt) throw refuse('invitation-gone');
  const [shown] = await shownGrants(by, [held]);
  if (!shown) throw refuse('invitation-gone');
  return shown;
}

async function shownGrants(by: AuthorizedActor, grants: readonly GrantItem[]): Promise<Grant[]> {
  const people = await profilesOf(
    by,
    grants.flatMap(({ holderId, subjectId }) => [holderId, subjectId]),
  );
  const named = (personId: string) => ({ personId, name: people.get(personId)?.name ?? '' });
  return grants.map(({ holderId, subjectId, ...grant }) => ({
    ...grant,
    holder: named(holderId),
    subject: named(subjectId),
  }));
}

/** The grants a person holds, and those given over them. Refuses `no-authority`. */
export async function listGrants(
  personId: string,
  context: RequestContext,
): Promise<{ held: Grant[]; given: Grant[] }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const shown = await shownGrants(by, await store.grantsOf(by, personId));
  return {
    held: shown.filter(({ holder }) => holder.personId === personId),
    given: shown.filter(({ subject }) => subject.personId === personId),
  };
}

/** Either side ends a grant: the holder, or whoever may share the subject. Refuses `not-found`, `no-authority`, `grant-ended`. */
export async function endGrant(personId: string, grantId: string, context: RequestContext): Promise<void> {
  const { by } = await authorized(context);
  if (personId !== by.actor.personId) mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const grant = await store.readGrant(by, personId, grantId);
  if (!grant) throw refuse('not-found');
  await store.endGrant(by, grant);
}
