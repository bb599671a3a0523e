import type * as z from 'zod';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import type {
  confirmedFact,
  householdCreate,
  memberCreate,
  Person,
  personByStaff,
  profileChange,
} from '../../shared/contracts/people.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { derivedId, fingerprint, randomId } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { keys } from '../../shared/table/keys.ts';
import { parsedItem } from '../../shared/table/read.ts';
import { personOf } from './answers.ts';
import { type GrantItem, type HouseholdItem, type MemberItem, memberItem, type Profile, sealed } from './items.ts';
import { birthDateFromCard, checkMember, keeperAfter, versionOf } from './rules.ts';
import * as households from './store/households.ts';
import * as people from './store/people.ts';
import { logReads, postNamesOf, readLogItem } from './store/reads.ts';
import { wasCarriedOut } from './store/requests.ts';

/** What a create gives back: what there is now, and whether an earlier try of the same request had made it. */
export type Created<T> = T & { readonly replayed: boolean };

/** The id of what this request creates: the same for every try under one `Idempotency-Key`, and the actor's own. */
export function idFor(letter: string, operation: string, context: RequestContext): string {
  const { actor, idempotencyKey, tenantId } = context;
  if (!actor || idempotencyKey === undefined) return randomId(letter);
  return derivedId(letter, tenantId, operation, actor.personId, idempotencyKey);
}

/** Refuses `no-authority`, `precondition-required`, `precondition-failed`. */
export async function changeProfile(
  personId: string,
  change: z.output<typeof profileChange>,
  context: RequestContext,
): Promise<Person> {
  const { by } = await authorized(context);
  mustBeAble(by, 'update', 'Person', { personId }, 'no-authority');
  return personOf(await people.updateProfile(by, personId, versionOf(context.ifMatch), change));
}

/**
 * Staff have seen a document: the school somebody goes to, or that they belong to a group. The person sees who confirmed what, and why.
 * Refuses `forbidden`, `no-authority` where a court keeps them from this child, `not-found`, `changed-meanwhile`.
 */
export async function confirmFact(
  personId: string,
  { reason, ...fact }: z.output<typeof confirmedFact>,
  context: RequestContext,
): Promise<Person> {
  const { by } = await authorized(context);
  mustBeAble(by, 'enroll', 'City', { tenantId: by.tenantId });
  mustNotBeLimited(by, [personId]);
  const profile = await people.confirmFact(by, personId, fact);
  const what = 'groupId' in fact ? `group-${fact.member ? 'confirmed' : 'ended'} ${fact.groupId}` : 'school-confirmed';
  await logReads(by, [personId], { as: postNamesOf(by), what, reason });
  return personOf(profile);
}

/** Staff create a record for someone without a phone. Refuses `forbidden`, `resident-id-check`, `person-exists`. */
export async function createByStaff(
  body: z.output<typeof personByStaff>,
  context: RequestContext,
): Promise<Created<{ person: Person }>> {
  const { by } = await authorized(context);
  mustBeAble(by, 'enroll', 'City', { tenantId: by.tenantId });
  const { name, district, cardNumber, reason } = body;
  const birthDate = birthDateFromCard(cardNumber);
  const personId = idFor('p', 'person', context);
  const { outcome } = await people.createByStaff(
    by,
    {
      personId,
      name,
      birthDate,
      district,
      card: await sealed('card', by.tenantId, personId, cardNumber),
      createdAt: by.now.toISOString(),
      requestHash: fingerprint(body),
    },
    readLogItem(by, personId, { as: postNamesOf(by), what: 'record-created', reason }),
  );
  return { person: personOf(await mustRead(by, personId)), replayed: outcome === 'done' };
}

async function mustRead(by: AuthorizedActor, personId: string): Promise<Profile> {
  const profile = await people.readProfile(by, personId);
  if (!profile) throw refuse('not-found');
  return profile;
}

/** Whoever founds a household is its first adult. Refuses `already-in-household`. */
export async function createHousehold(
  body: z.output<typeof householdCreate>,
  context: RequestContext,
): Promise<{ householdId: string; replayed: boolean }> {
  const { by } = await authorized(context);
  const household: HouseholdItem = {
    householdId: idFor('h', 'household', context),
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
  householdId: string,
  body: z.output<typeof memberCreate>,
  context: RequestContext,
): Promise<Created<{ person: Person }>> {
  const { actor, tenantId } = context;
  const { by, items } = await authorized(
    context,
    actor ? [keys.people.householdMember(tenantId, householdId, actor.personId)] : [],
  );
  if (!items[0] || parsedItem(memberItem, items[0]).role !== 'adult') throw refuse('no-authority');
  checkMember(body, civilNow(by.now, CIVIL_ZONE).date);
  const personId = idFor('p', 'member', context);
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
  const card = cardNumber ? await sealed('card', by.tenantId, personId, cardNumber) : undefined;
  const person = { personId, name, birthDate, school, householdId, card, createdAt: since, requestHash };
  const { outcome } = await households.createMember(by, person, member, grant);
  return { person: personOf(await mustRead(by, personId)), replayed: outcome === 'done' };
}

/**
 * An adult or an elder leaves the household; what they may do for others is not touched. Who is the last to leave takes the
 * household away. Refuses `no-authority`, `last-adult`, `changed-meanwhile`.
 */
export async function leaveHousehold(householdId: string, context: RequestContext): Promise<void> {
  const { by } = await authorized(context);
  const request = { requestId: idFor('l', 'leave', context), requestHash: fingerprint({ householdId }) };
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
