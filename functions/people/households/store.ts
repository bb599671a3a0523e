import * as z from 'zod';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { HouseholdId, PersonId } from '../../../shared/contracts/common.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew, type Meaning } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact, type Write } from '../../../shared/table/write.ts';
import type { GrantItem } from '../grants/items.ts';
import { grantWrites } from '../grants/store.ts';
import type { HouseholdInvitation } from '../invitations/items.ts';
import { acceptWrites } from '../invitations/store.ts';
import { type MergeItem, mergeItem } from '../merges/items.ts';
import type { NewPerson } from '../profiles/items.ts';
import { personWrites } from '../profiles/store.ts';
import { requestWrite, sameRequest } from '../requests/store.ts';
import { type HouseholdItem, householdItem, type MemberItem, memberItem } from './items.ts';
import { MEMBERS_MOST } from './rules.ts';

export type Household = {
  readonly household: HouseholdItem;
  readonly members: readonly MemberItem[];
  /** Other households that came into it, undone ones too. */
  readonly merges: readonly MergeItem[];
};

/** A household with its members and merges, one query. */
export async function readHousehold(by: AuthorizedActor, householdId: HouseholdId): Promise<Household | undefined> {
  const pk = keys.people.householdPartition(by.tenantId, householdId);
  const items = await queryAll({ pk }, z.union([householdItem, memberItem, mergeItem]));
  const household = items.find((item) => 'householdId' in item);
  return (
    household && {
      household,
      members: items.filter((item) => 'role' in item),
      merges: items.filter((item) => 'movedIds' in item),
    }
  );
}

/** The writes by which a person belongs to the household and no other. Refuses `already-in-household`. */
function belongWrite(by: AuthorizedActor, householdId: HouseholdId): Write {
  return {
    key: keys.people.profile(by.tenantId, by.actor.personId),
    update: 'SET householdId = :household ADD version :one',
    values: { ':household': householdId, ':one': 1 },
    conditions: [exists, condition('in no household yet', 'attribute_not_exists(householdId)')],
    meaning: (item) => refuse(item ? 'already-in-household' : 'not-found'),
  };
}

/** One member more, and the count of them with it. Refuses `too-many-members`. */
function memberWrites(by: AuthorizedActor, householdId: HouseholdId, member: MemberItem): Write[] {
  return [
    { key: keys.people.householdMember(by.tenantId, householdId, member.personId), item: member, conditions: [isNew] },
    {
      key: keys.people.household(by.tenantId, householdId),
      update: 'ADD memberCount :one',
      values: { ':one': 1, ':most': MEMBERS_MOST },
      conditions: [exists, condition('room for one more', 'memberCount < :most')],
      meaning: (item) => (item ? refuse('too-many-members', { most: MEMBERS_MOST }) : refuse('not-found')),
    },
  ];
}

/** That somebody is an adult of the household, as a check in a transaction. */
export function adultCheck(
  by: AuthorizedActor,
  householdId: HouseholdId,
  personId: PersonId,
  meaning?: Meaning,
): Write {
  return {
    key: keys.people.householdMember(by.tenantId, householdId, personId),
    names: { '#role': 'role' },
    values: { ':adult': 'adult' },
    conditions: [condition('an adult of the household', '#role = :adult')],
    ...(meaning ? { meaning } : {}),
  };
}

/** Refuses `already-in-household` when the person belongs to one. */
export async function createHousehold(by: AuthorizedActor, household: HouseholdItem): Promise<Outcome> {
  const { householdId } = household;
  const { personId } = by.actor;
  const member: MemberItem = { personId, role: 'adult', since: household.createdAt };
  return transact([
    {
      key: keys.people.household(by.tenantId, householdId),
      item: z.encode(householdItem, household),
      conditions: [isNew],
      meaning: sameRequest(household.requestHash),
    },
    { key: keys.people.householdMember(by.tenantId, householdId, personId), item: member, conditions: [isNew] },
    belongWrite(by, householdId),
  ]);
}

/**
 * Creates a member of a household with the grant that lets its creator act for them. Refuses `too-many-members`, `person-exists`,
 * `idempotency-key-reused`.
 */
export async function createMember(
  by: AuthorizedActor,
  person: NewPerson & { readonly householdId: HouseholdId },
  member: MemberItem,
  grant: GrantItem,
): Promise<Outcome> {
  return transact([
    // Residents are not told whose a known card is.
    ...personWrites(by, person, () => refuse('person-exists')),
    ...memberWrites(by, person.householdId, member),
    ...grantWrites(by, grant),
  ]);
}

/**
 * The actor becomes an adult of the household that an adult of it has asked them into. Refuses `invitation-gone` when it has been
 * answered, or its sender has left; `already-in-household`, `too-many-members`.
 */
export async function joinHousehold(by: AuthorizedActor, invitation: HouseholdInvitation): Promise<Outcome> {
  const { householdId, inviterId } = invitation;
  const member: MemberItem = {
    personId: by.actor.personId,
    role: 'adult',
    since: by.now.toISOString(),
    addedBy: inviterId,
  };
  return transact([
    ...acceptWrites(by, invitation),
    adultCheck(by, householdId, inviterId, () => refuse('invitation-gone')),
    belongWrite(by, householdId),
    ...memberWrites(by, householdId, member),
  ]);
}

type Leaving = {
  readonly householdId: HouseholdId;
  /** Makes a repeat of the request the same request. */
  readonly request: { readonly requestId: string; readonly requestHash: string };
  /** Nobody stays, so the household goes too. */
  readonly isLast: boolean;
  /** An adult who stays with those who cannot be without one: of two who leave at once, only one can. */
  readonly keeperId: string | undefined;
};

/** The actor leaves. Refuses `changed-meanwhile` when the household is no longer as it was read. */
export async function leaveHousehold(
  by: AuthorizedActor,
  { householdId, request, isLast, keeperId }: Leaving,
): Promise<void> {
  const { personId } = by.actor;
  const household = keys.people.household(by.tenantId, householdId);
  await transact([
    requestWrite(by, request.requestId, request.requestHash),
    { key: keys.people.householdMember(by.tenantId, householdId, personId), remove: true, conditions: [exists] },
    {
      key: keys.people.profile(by.tenantId, personId),
      update: 'REMOVE householdId ADD version :one',
      values: { ':household': householdId, ':one': 1 },
      conditions: [condition('belongs to it', 'householdId = :household')],
    },
    isLast
      ? {
          key: household,
          remove: true,
          values: { ':one': 1 },
          conditions: [condition('nobody else in it', 'memberCount = :one')],
        }
      : { key: household, update: 'ADD memberCount :less', values: { ':less': -1 }, conditions: [exists] },
    ...(keeperId ? [adultCheck(by, householdId, keeperId)] : []),
  ]);
}
