import * as z from 'zod';
import { type AccessRecord, accessRecord } from '../../shared/access/access-record.ts';
import type { Authorized, AuthorizedActor } from '../../shared/access/authorize.ts';
import type { Post } from '../../shared/contracts/people.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists, isNew, type Meaning } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { get, parsedItem, queryAll, queryPage } from '../../shared/table/read.ts';
import { type Outcome, transact, updateAndRead, type Write } from '../../shared/table/write.ts';
import {
  type GrantItem,
  grantItem,
  grantItems,
  type HouseholdItem,
  householdItem,
  type MemberItem,
  memberItem,
  type NewPerson,
  type PlannedItem,
  type PostItem,
  type Profile,
  personItems,
  pointerItem,
  postItem,
  postItems,
  profileItem,
  readItem,
  scopeOfPost,
} from './items.ts';
import { MEMBERS_MOST, provenBirthDate } from './rules.ts';

/** What an id made from an `Idempotency-Key` meets: its own first try, or another body under the same key. */
const sameRequest =
  (h: string | undefined): Meaning =>
  (item) =>
    item?.['h'] === h ? 'done' : refuse('idempotency-key-reused');

const REQUEST_SECONDS = 7 * 86_400;

/** Remembers a request for a week, first in a transaction whose other items do not have its id alone as their key. */
function requestWrite(by: AuthorizedActor, requestId: string, h: string): Write {
  return {
    key: keys.request(by.tenantId, by.actor.personId, requestId),
    item: { h, ttlEpochSeconds: epochSeconds(by.now) + REQUEST_SECONDS },
    conditions: [isNew],
    meaning: sameRequest(h),
  };
}

export async function readProfile(by: Authorized, personId: string): Promise<Profile | undefined> {
  return get(keys.profile(by.tenantId, personId), profileItem);
}

export async function readAccess(by: Authorized, personId: string): Promise<AccessRecord | undefined> {
  return get(keys.access(by.tenantId, personId), accessRecord);
}

/** Changes what is given and moves the version on. Refuses `not-found`, `precondition-failed`, and a proven date of birth. */
export async function updateProfile(
  by: AuthorizedActor,
  personId: string,
  version: number,
  change: { [name in 'name' | 'birthDate' | 'district']?: string | undefined },
): Promise<Profile> {
  const changes = Object.entries(change).filter(([, value]) => value !== undefined);
  const sets = ['#version = #version + :one', ...changes.map(([name]) => `#${name} = :${name}`)];
  const item = await updateAndRead({
    key: keys.profile(by.tenantId, personId),
    update: `SET ${sets.join(', ')}`,
    names: { '#version': 'version', ...Object.fromEntries(changes.map(([name]) => [`#${name}`, name])) },
    values: { ':one': 1, ':read': version, ...Object.fromEntries(changes.map(([name, value]) => [`:${name}`, value])) },
    conditions: [
      condition('still as it was read', '#version = :read'),
      ...(change.birthDate
        ? [condition('date of birth not proven by a card', 'attribute_not_exists(cardMasked)')]
        : []),
    ],
    meaning: (stored) => {
      if (!stored) return refuse('not-found');
      return stored['version'] === version ? provenBirthDate() : refuse('precondition-failed');
    },
  });
  return parsedItem(profileItem, item);
}

/** The person behind a card or phone, `undefined` when there is none. */
export async function personBehind(
  by: AuthorizedActor,
  kind: 'card' | 'phone',
  mac: string,
): Promise<Profile | undefined> {
  const pointer = await get(keys[kind](by.tenantId, mac), pointerItem);
  return pointer && readProfile(by, pointer.personId);
}

/** The writes that create a person. A card that is known already is `person-exists`; what of it may be told is the caller's choice. */
function personWrites(by: Authorized, person: NewPerson, cardIsKnown: (personId: string) => Refusal): Write[] {
  return personItems(by.tenantId, person).map((planned) => ({
    ...planned,
    conditions: [isNew],
    meaning: planned.key.sk === 'PERSON' ? (item) => cardIsKnown(String(item?.['personId'])) : sameRequest(person.h),
  }));
}

/** Creates a person on behalf of staff, with the entry in that person's log. */
export async function createByStaff(by: AuthorizedActor, person: NewPerson, logged: PlannedItem): Promise<Outcome> {
  const cardIsKnown = (personId: string) => refuse('person-exists', { personId });
  return transact([...personWrites(by, person, cardIsKnown), logged]);
}

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

/** Both sides of a grant, and the holder's access record, in the writes of one transaction. */
function grantWrites(by: Authorized, grant: GrantItem): Write[] {
  return [
    ...grantItems(by.tenantId, grant).map((planned) => ({ ...planned, conditions: [isNew] })),
    {
      key: keys.access(by.tenantId, grant.holderId),
      update: 'SET actsFor.#subject = :held',
      names: { '#subject': grant.subjectId },
      values: { ':held': { as: grant.kind, grantId: grant.grantId, since: grant.since } },
      conditions: [exists, condition('may not act for them yet', 'attribute_not_exists(actsFor.#subject)')],
      meaning: (item) => refuse(item ? 'already-granted' : 'not-found'),
    },
  ];
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

/** Refuses `already-granted` when the holder may act for the subject already, `idempotency-key-reused`. */
export async function createGrant(by: AuthorizedActor, grant: GrantItem, h: string): Promise<Outcome> {
  return transact([requestWrite(by, grant.grantId, h), ...grantWrites(by, grant)]);
}

/** Every grant that names the person on either side, ended ones too. */
export async function grantsOf(by: AuthorizedActor, personId: string): Promise<GrantItem[]> {
  return queryAll({ pk: keys.person(by.tenantId, personId), begins: 'GRANT#' }, grantItem);
}

export async function readGrant(by: AuthorizedActor, personId: string, grantId: string) {
  return get(keys.grant(by.tenantId, personId, grantId), grantItem);
}

const notEnded = condition('not ended', 'attribute_exists(pk) AND attribute_not_exists(endedAt)');

/** Ends a grant on both sides and takes the right from the holder, as one. Refuses `grant-ended`. */
export async function endGrant(by: AuthorizedActor, grant: GrantItem): Promise<void> {
  const ended = {
    update: 'SET endedAt = :at, endedBy = :by',
    values: { ':at': by.now.toISOString(), ':by': by.actor.personId },
    conditions: [notEnded],
    meaning: () => refuse('grant-ended'),
  };
  await transact([
    { ...ended, key: keys.grant(by.tenantId, grant.subjectId, grant.grantId) },
    { ...ended, key: keys.grant(by.tenantId, grant.holderId, grant.grantId) },
    {
      key: keys.access(by.tenantId, grant.holderId),
      update: 'REMOVE actsFor.#subject',
      names: { '#subject': grant.subjectId },
      values: { ':grant': grant.grantId },
      conditions: [condition('acts by this grant', 'actsFor.#subject.grantId = :grant')],
      meaning: () => refuse('grant-ended'),
    },
  ]);
}

/** Gives a post. `holds` is what the holder held when the request was judged, so that nobody is given the same twice. */
export async function createPost(
  by: AuthorizedActor,
  held: PostItem,
  holds: AccessRecord['posts'],
  h: string,
): Promise<Outcome> {
  return transact([
    requestWrite(by, held.postId, h),
    ...postItems(by.tenantId, held).map((planned) => ({ ...planned, conditions: [isNew] })),
    {
      key: keys.access(by.tenantId, held.personId),
      update: 'SET posts.#post = :post',
      names: { '#post': held.postId },
      values: { ':post': held.post, ':holds': holds },
      conditions: [condition('posts as they were read', 'posts = :holds')],
    },
  ]);
}

/** Those who hold a post of this scope now. */
export async function postsOf(by: AuthorizedActor, scope: string): Promise<PostItem[]> {
  const items = await queryAll({ pk: keys.posts(by.tenantId, scope), begins: 'POST#' }, postItem);
  return items.filter(({ endedAt }) => endedAt === undefined);
}

/** Ends a post in its list and takes the right from the holder, as one. Refuses `grant-ended`. */
export async function endPost(by: AuthorizedActor, personId: string, post: Post): Promise<void> {
  await transact([
    {
      key: keys.post(by.tenantId, scopeOfPost(post), post.postId),
      update: 'SET endedAt = :at, endedBy = :by',
      values: { ':at': by.now.toISOString(), ':by': by.actor.personId },
      conditions: [notEnded],
      meaning: () => refuse('grant-ended'),
    },
    {
      key: keys.access(by.tenantId, personId),
      update: 'REMOVE posts.#post',
      names: { '#post': post.postId },
      conditions: [condition('holds the post', 'attribute_exists(posts.#post)')],
      meaning: () => refuse('grant-ended'),
    },
  ]);
}

const READS_SHOWN = 100;

/** The latest staff reads of the person's data, newest first. */
export async function readsOf(by: AuthorizedActor, personId: string) {
  const range = { pk: keys.person(by.tenantId, personId), begins: 'READ#', newestFirst: true, limit: READS_SHOWN };
  return (await queryPage(range, readItem)).items;
}
