import type * as z from 'zod';
import { rightsOf } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { GrantId, PersonId } from '../../../shared/contracts/common.ts';
import type { Grant, grantChange, grantCreate } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { findAddressee, invite, sendingReads } from '../invitations/commands/sending.ts';
import type { GrantInvitation } from '../invitations/items.ts';
import type { GrantItem } from './items.ts';
import { isPausedFor, showGrants } from './queries.ts';
import { guardianOfOneself, proxyCannotManage } from './rules.ts';
import * as store from './store.ts';

/**
 * Asks the person behind a phone number to act for oneself or for a child one is guardian of; once they accept they may. Refuses
 * `no-authority`, `phone-format`, `rate-limited`, `idempotency-key-reused`.
 */
export async function giveGrant(
  context: RequestContext,
  { kind, subjectId, holderPhone }: z.output<typeof grantCreate>,
): Promise<void> {
  const number = await findAddressee(holderPhone);
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
  const [shown] = await showGrants(by, [held], isPausedFor(by));
  if (!shown) throw refuse('invitation-gone');
  return shown;
}

/**
 * Whoever speaks for a child, or an elder for themselves, says what somebody else may do for them; it holds from the next request on.
 * Refuses `no-authority`, `not-found`, `own-rights`, `grant-ended`, and a `manage` that a proxy cannot have.
 */
export async function changeRights(
  context: RequestContext,
  personId: PersonId,
  grantId: GrantId,
  { rights }: z.output<typeof grantChange>,
): Promise<Grant> {
  const { by } = await authorized(context);
  mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const grant = await store.readGrant(by, personId, grantId);
  if (!grant || grant.subjectId !== personId) throw refuse('not-found');
  if (grant.holderId === by.actor.personId) throw refuse('own-rights');
  // A child does not say what its guardian may do.
  if (grant.kind === 'guardian' && personId === by.actor.personId) throw refuse('no-authority');
  const kept = rightsOf({ as: grant.kind, rights });
  if (kept.length < new Set(rights).size) throw proxyCannotManage();
  await store.changeRights(by, grant, kept);
  const [shown] = await showGrants(by, [{ ...grant, rights: kept }], () => false);
  if (!shown) throw refuse('not-found');
  return shown;
}

/** Either side ends a grant: the holder, or whoever may share the subject. Refuses `not-found`, `no-authority`, `grant-ended`. */
export async function endGrant(context: RequestContext, personId: PersonId, grantId: GrantId): Promise<void> {
  const { by } = await authorized(context);
  if (personId !== by.actor.personId) mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const grant = await store.readGrant(by, personId, grantId);
  if (!grant) throw refuse('not-found');
  await store.endGrant(by, grant);
}
