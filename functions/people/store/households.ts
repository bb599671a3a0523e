import * as z from 'zod';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact } from '../../../shared/table/write.ts';
import {
  type GrantItem,
  type HouseholdItem,
  householdItem,
  type MemberItem,
  memberItem,
  type NewPerson,
} from '../items.ts';
import { MEMBERS_MOST } from '../rules.ts';
import { grantWrites } from './grants.ts';
import { personWrites } from './people.ts';
import { sameRequest } from './requests.ts';

export type Household = { readonly household: HouseholdItem; readonly members: readonly MemberItem[] };

/** A household and its members, one query. */
export async function readHousehold(by: AuthorizedActor, householdId: string): Promise<Household | undefined> {
  const pk = keys.householdPartition(by.tenantId, householdId);
  const items = await queryAll({ pk }, z.union([householdItem, memberItem]));
  const household = items.find((item) => 'householdId' in item);
  return household && { household, members: items.filter((item) => 'role' in item) };
}

/** Refuses `already-in-household` when the person belongs to one. */
export async function createHousehold(by: AuthorizedActor, household: HouseholdItem): Promise<Outcome> {
  const { householdId } = household;
  const { personId } = by.actor;
  const member: MemberItem = { personId, role: 'adult', since: household.createdAt };
  return transact([
    {
      key: keys.household(by.tenantId, householdId),
      item: household,
      conditions: [isNew],
      meaning: sameRequest(household.h),
    },
    { key: keys.householdMember(by.tenantId, householdId, personId), item: member, conditions: [isNew] },
    {
      key: keys.profile(by.tenantId, personId),
      update: 'SET householdId = :household ADD version :one',
      values: { ':household': householdId, ':one': 1 },
      conditions: [exists, condition('in no household yet', 'attribute_not_exists(householdId)')],
      meaning: (item) => refuse(item ? 'already-in-household' : 'not-found'),
    },
  ]);
}

/**
 * Creates a member of a household with the grant that lets its creator act for them. Refuses `too-many-members`, `person-exists`,
 * `idempotency-key-reused`.
 */
export async function createMember(
  by: AuthorizedActor,
  person: NewPerson & { readonly householdId: string },
  member: MemberItem,
  grant: GrantItem,
): Promise<Outcome> {
  return transact([
    // Residents are not told whose a known card is.
    ...personWrites(by, person, () => refuse('person-exists')),
    { key: keys.householdMember(by.tenantId, person.householdId, member.personId), item: member, conditions: [isNew] },
    {
      key: keys.household(by.tenantId, person.householdId),
      update: 'ADD memberCount :one',
      values: { ':one': 1, ':most': MEMBERS_MOST },
      conditions: [exists, condition('room for one more', 'memberCount < :most')],
      meaning: (item) => (item ? refuse('too-many-members', { most: MEMBERS_MOST }) : refuse('not-found')),
    },
    ...grantWrites(by, grant),
  ]);
}
