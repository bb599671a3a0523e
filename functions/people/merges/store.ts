import * as z from 'zod';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { HouseholdId, MergeId, PersonId } from '../../../shared/contracts/common.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get } from '../../../shared/table/read.ts';
import { type Outcome, transact, type Write } from '../../../shared/table/write.ts';
import { type GrantItem, grantItems } from '../grants/items.ts';
import { endWrites, heldBy, managesCheck } from '../grants/store.ts';
import { type HouseholdItem, householdItem, type MemberItem } from '../households/items.ts';
import { MEMBERS_MOST } from '../households/rules.ts';
import { adultCheck } from '../households/store.ts';
import type { MergeInvitation } from '../invitations/items.ts';
import { acceptWrites } from '../invitations/store.ts';
import { type MergeItem, mergeItem } from './items.ts';

/*
 * A household has at most twelve members, so a merge or its undoing is at most 12 × 3 writes for members, 11 × 2 for grants and eight
 * more: one transaction. It has happened or it has not; nothing is ever left half done, and there is nothing to take up again.
 */

export async function readMerge(by: AuthorizedActor, householdId: HouseholdId, mergeId: MergeId) {
  return get(keys.people.householdMerge(by.tenantId, householdId, mergeId), mergeItem);
}

/** One person's belonging moves from one household to the other, as they are written there. */
function moveWrites(by: AuthorizedActor, member: MemberItem, from: string, to: string): Write[] {
  const { personId, role } = member;
  return [
    {
      key: keys.people.householdMember(by.tenantId, from, personId),
      remove: true,
      names: { '#role': 'role' },
      values: { ':role': role },
      conditions: [condition('belongs to it as they were read', '#role = :role')],
    },
    { key: keys.people.householdMember(by.tenantId, to, personId), item: member, conditions: [isNew] },
    {
      key: keys.people.profile(by.tenantId, personId),
      update: 'SET householdId = :to ADD version :one',
      values: { ':from': from, ':to': to, ':one': 1 },
      conditions: [condition('belongs to it', 'householdId = :from')],
    },
  ];
}

/** The household as it was read: whoever came or went meanwhile changes the count, or fails where their own item moves. */
const asRead = ({ memberCount, mergeId }: HouseholdItem) => ({
  values: { ':read': memberCount, ...(mergeId ? { ':merge': mergeId } : {}) },
  conditions: [
    condition('as many members', 'memberCount = :read'),
    condition('no other merge since', mergeId ? 'mergeId = :merge' : 'attribute_not_exists(mergeId)'),
  ],
});

type Merging = {
  readonly invitation: MergeInvitation;
  readonly into: HouseholdItem;
  readonly merge: MergeItem;
  readonly moving: readonly MemberItem[];
  readonly grants: readonly GrantItem[];
};

/**
 * The actor's household becomes part of the one they were invited by, they become its head, and hold the grants that go with it, as
 * one. Accepted before, it is done. Refuses `invitation-gone`, `too-many-members`, `changed-meanwhile`.
 */
export async function mergeHouseholds(
  by: AuthorizedActor,
  { invitation, into, merge, moving, grants }: Merging,
): Promise<Outcome> {
  const { tenantId } = by;
  const { from, headId, mergeId } = merge;
  const { inviterId } = invitation;
  const unchanged = asRead(into);
  return transact([
    ...acceptWrites(by, invitation),
    adultCheck(by, into.householdId, inviterId, () => refuse('invitation-gone')),
    { key: keys.people.household(tenantId, from.householdId), remove: true, ...asRead(from) },
    {
      key: keys.people.household(tenantId, into.householdId),
      update: 'SET headId = :head, mergeId = :this ADD memberCount :moving',
      values: {
        ...unchanged.values,
        ':head': headId,
        ':this': mergeId,
        ':moving': moving.length,
        ':room': MEMBERS_MOST - moving.length,
      },
      conditions: [...unchanged.conditions, condition('room for all', 'memberCount <= :room')],
    },
    {
      key: keys.people.householdMerge(tenantId, into.householdId, mergeId),
      item: z.encode(mergeItem, merge),
      conditions: [isNew],
    },
    ...moving.flatMap((member) => moveWrites(by, member, from.householdId, into.householdId)),
    ...(grants.length > 0 ? grantAllWrites(by, inviterId, headId, grants) : []),
  ]);
}

/** Several grants to one holder: the access record may stand only once in a transaction. */
function grantAllWrites(
  by: AuthorizedActor,
  giverId: string,
  holderId: PersonId,
  grants: readonly GrantItem[],
): Write[] {
  const named = (letter: string, of: (grant: GrantItem) => unknown) =>
    Object.fromEntries(grants.map((grant, at) => [`${letter}${at}`, of(grant)]));
  return [
    managesCheck(
      by,
      giverId,
      grants.map(({ subjectId }) => subjectId),
      'changed-meanwhile',
    ),
    ...grants.flatMap((grant) =>
      grantItems(by.tenantId, grant).map((planned) => ({ ...planned, conditions: [isNew] })),
    ),
    {
      key: keys.people.access(by.tenantId, holderId),
      update: `SET ${grants.map((_, at) => `actsFor.#s${at} = :g${at}`).join(', ')}`,
      names: Object.fromEntries(grants.map(({ subjectId }, at) => [`#s${at}`, subjectId])),
      values: named(':g', heldBy),
      conditions: [
        exists,
        ...grants.map((_, at) => condition('may not act for them yet', `attribute_not_exists(actsFor.#s${at})`)),
      ],
    },
  ];
}

type Undoing = {
  readonly household: HouseholdItem;
  readonly merge: MergeItem;
  readonly returning: readonly MemberItem[];
  readonly staying: readonly MemberItem[];
  /** Those of the merge that still stand. */
  readonly grants: readonly GrantItem[];
};

/** Takes back what a merge gave, as one. Undone before, it is done. Refuses `changed-meanwhile` when the household is not as it was read. */
export async function undoMerge(
  by: AuthorizedActor,
  { household, merge, returning, staying, grants }: Undoing,
): Promise<Outcome> {
  const { tenantId } = by;
  const { householdId } = household;
  const { from, headId, mergeId, previousHeadId } = merge;
  const unchanged = asRead(household);
  const key = keys.people.household(tenantId, householdId);
  const head = staying.find(({ personId }) => personId === previousHeadId);
  return transact([
    {
      key: keys.people.householdMerge(tenantId, householdId, mergeId),
      update: 'SET undoneAt = :at, undoneBy = :by',
      values: { ':at': by.now.toISOString(), ':by': by.actor.personId },
      conditions: [exists, condition('not undone', 'attribute_not_exists(undoneAt)')],
      meaning: (item) => (item ? 'done' : refuse('not-found')),
    },
    staying.length === 0
      ? { key, remove: true, ...unchanged }
      : {
          key,
          update: `SET memberCount = :stay${head ? ', headId = :head' : ' REMOVE headId'}`,
          values: { ...unchanged.values, ':stay': staying.length, ...(head ? { ':head': head.personId } : {}) },
          conditions: unchanged.conditions,
        },
    ...(returning.length === 0
      ? []
      : [
          {
            key: keys.people.household(tenantId, from.householdId),
            item: z.encode(householdItem, { ...from, memberCount: returning.length }),
            conditions: [isNew],
          },
        ]),
    ...returning.flatMap((member) => moveWrites(by, member, householdId, from.householdId)),
    ...grants.flatMap((grant) => endWrites(by, grant)),
    ...(grants.length === 0
      ? []
      : [
          {
            key: keys.people.access(tenantId, headId),
            update: `REMOVE ${grants.map((_, at) => `actsFor.#s${at}`).join(', ')}`,
            names: Object.fromEntries(grants.map(({ subjectId }, at) => [`#s${at}`, subjectId])),
            values: Object.fromEntries(grants.map(({ grantId }, at) => [`:g${at}`, grantId])),
            conditions: grants.map((_, at) => condition('acts by this grant', `actsFor.#s${at}.grantId = :g${at}`)),
          },
        ]),
  ]);
}
