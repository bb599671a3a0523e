import type * as z from 'zod';
import { authorized, mustBeAble } from '../../../shared/access/authorize.ts';
import type { HouseholdId } from '../../../shared/contracts/common.ts';
import type { householdCreate, memberCreate, Person } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../../shared/kernel/days.ts';
import { derivedId, fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import type { GrantItem } from '../grants/items.ts';
import { personOf, sealNumber } from '../profiles/items.ts';
import { mustReadProfile } from '../profiles/store.ts';
import { type Created, idFor } from '../requests/items.ts';
import { wasCarriedOut } from '../requests/store.ts';
import { type HouseholdItem, type MemberItem, memberItem } from './items.ts';
import { checkMember, keeperAfter } from './rules.ts';
import * as households from './store.ts';

/** Whoever founds a household is its first adult. Refuses `already-in-household`, and `no-authority` to a program. */
export async function createHousehold(
  context: RequestContext,
  body: z.output<typeof householdCreate>,
): Promise<{ householdId: HouseholdId; replayed: boolean }> {
  const { by } = await authorized(context);
  mustBeAble(by, 'update', 'Person', { personId: by.actor.personId }, 'no-authority');
  const household: HouseholdItem = {
    householdId: idFor(context, 'h', 'household'),
    name: body.name,
    memberCount: 1,
    createdAt: by.now.toISOString(),
    requestHash: fingerprint(body),
  };
  const { outcome } = await households.createHousehold(by, household);
  return { householdId: household.householdId, replayed: outcome === 'done' };
}

/**
 * An adult of the household adds a child, and becomes its guardian, or an elder, and becomes their proxy. Refuses `no-authority`,
 * `resident-id-check`, `person-exists`, `too-many-members`.
 */
export async function addMember(
  context: RequestContext,
  householdId: HouseholdId,
  body: z.output<typeof memberCreate>,
): Promise<Created<{ person: Person }>> {
  const { actor, tenantId } = context;
  const { by, items } = await authorized(
    context,
    actor ? [keys.people.householdMember(tenantId, householdId, actor.personId)] : [],
  );
  if (!items[0] || parsedItem(memberItem, items[0]).role !== 'adult') throw refuse('no-authority');
  checkMember(body, civilNow(by.now, CIVIL_ZONE).date);
  const personId = idFor(context, 'p', 'member');
  const since = by.now.toISOString();
  const { name, birthDate, role, cardNumber, school } = body;
  const requestHash = fingerprint({ householdId, ...body });
  const member: MemberItem = { personId, role, since, addedBy: by.actor.personId };
  const grant: GrantItem = {
    grantId: derivedId('g', by.tenantId, personId, by.actor.personId),
    kind: role === 'child' ? 'guardian' : 'proxy',
    holderId: by.actor.personId,
    subjectId: personId,
    since,
  };
  const card = cardNumber ? await sealNumber('card', by.tenantId, personId, cardNumber) : undefined;
  const person = { personId, name, birthDate, school, householdId, card, createdAt: since, requestHash };
  const { outcome } = await households.createMember(by, person, member, grant);
  return { person: personOf(await mustReadProfile(by, personId)), replayed: outcome === 'done' };
}

/**
 * An adult or an elder leaves the household; what they may do for others is not touched. Who is the last to leave takes the
 * household away. Refuses `no-authority`, `last-adult`, `changed-meanwhile`.
 */
export async function leaveHousehold(context: RequestContext, householdId: HouseholdId): Promise<void> {
  const { by } = await authorized(context);
  const request = { requestId: idFor(context, 'l', 'leave'), requestHash: fingerprint({ householdId }) };
  const members = (await households.readHousehold(by, householdId))?.members ?? [];
  const own = members.find(({ personId }) => personId === by.actor.personId);
  if (!own) {
    if (await wasCarriedOut(by, request.requestId, request.requestHash)) return;
    throw refuse('no-authority');
  }
  const others = members.filter((member) => member !== own);
  await households.leaveHousehold(by, {
    householdId,
    request,
    isLast: others.length === 0,
    keeperId: keeperAfter(own, others),
  });
}
