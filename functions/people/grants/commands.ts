import type * as z from 'zod';
import { rightsOf } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { Grant, grantChange, grantCreate } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { addressed, invite, sendingReads } from '../invitations/commands/sending.ts';
import { limitsOf } from '../limits/store.ts';
import type { GrantInvitation, GrantItem } from '../profiles/items.ts';
import { guardianOfOneself, proxyCannotManage } from '../profiles/rules.ts';
import { profilesOf } from '../profiles/store.ts';
import * as store from './store.ts';

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
  const [shown] = await shownGrants(by, [held], isPausedFor(by));
  if (!shown) throw refuse('invitation-gone');
  return shown;
}

async function shownGrants(
  by: AuthorizedActor,
  grants: readonly GrantItem[],
  isPaused: (grant: GrantItem) => boolean,
): Promise<Grant[]> {
  const people = await profilesOf(
    by,
    grants.flatMap(({ holderId, subjectId }) => [holderId, subjectId]),
  );
  const named = (personId: string) => ({ personId, name: people.get(personId)?.name ?? '' });
  return grants.map((grant) => {
    const { holderId, subjectId, kind, rights, mergeId: _, ...rest } = grant;
    return {
      ...rest,
      kind,
      rights: rightsOf({ as: kind, rights }),
      ...(grant.endedAt === undefined && isPaused(grant) ? { paused: true } : {}),
      holder: named(holderId),
      subject: named(subjectId),
    };
  });
}

/** A grant the actor may not use for the time being: they are told no more than that. */
const isPausedFor =
  (by: AuthorizedActor) =>
  ({ holderId, subjectId }: GrantItem): boolean =>
    holderId === by.actor.personId && (by.access.limitedFor?.has(subjectId) ?? false);

/** The grants a person holds, and those given over them. Refuses `no-authority`. */
export async function listGrants(
  personId: string,
  context: RequestContext,
): Promise<{ held: Grant[]; given: Grant[] }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const isOwn = personId === by.actor.personId;
  const [grants, limits] = await Promise.all([
    store.grantsOf(by, personId),
    // Those who speak for a child are told whose grants rest, not why.
    isOwn ? [] : limitsOf(by, personId),
  ]);
  const limited = new Set(limits.filter(({ lifted }) => !lifted).map(({ adultId }) => adultId));
  const isPaused = isOwn ? isPausedFor(by) : ({ holderId }: GrantItem) => limited.has(holderId);
  const shown = await shownGrants(by, grants, isPaused);
  return {
    held: shown.filter(({ holder }) => holder.personId === personId),
    given: shown.filter(({ subject }) => subject.personId === personId),
  };
}

/**
 * Whoever speaks for a child, or an elder for themselves, says what somebody else may do for them; it holds from the next request on.
 * Refuses `no-authority`, `not-found`, `own-rights`, `grant-ended`, and a `manage` that a proxy cannot have.
 */
export async function changeRights(
  personId: string,
  grantId: string,
  { rights }: z.output<typeof grantChange>,
  context: RequestContext,
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
  const [shown] = await shownGrants(by, [{ ...grant, rights: kept }], () => false);
  if (!shown) throw refuse('not-found');
  return shown;
}

/** Either side ends a grant: the holder, or whoever may share the subject. Refuses `not-found`, `no-authority`, `grant-ended`. */
export async function endGrant(personId: string, grantId: string, context: RequestContext): Promise<void> {
  const { by } = await authorized(context);
  if (personId !== by.actor.personId) mustBeAble(by, 'share', 'Person', { personId }, 'no-authority');
  const grant = await store.readGrant(by, personId, grantId);
  if (!grant) throw refuse('not-found');
  await store.endGrant(by, grant);
}
