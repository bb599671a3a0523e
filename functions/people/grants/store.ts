import type { Authorized, AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { GrantId, PersonId } from '../../../shared/contracts/common.ts';
import type { GrantRight } from '../../../shared/contracts/people.ts';
import type { ProblemCode } from '../../../shared/kernel/problem-catalog.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact, type Write } from '../../../shared/table/write.ts';
import type { GrantInvitation } from '../invitations/items.ts';
import { acceptWrites } from '../invitations/store.ts';
import { notEnded } from '../requests/store.ts';
import { type GrantItem, grantItem, grantItems } from './items.ts';

/** What the holder's access record says of a grant. */
export const heldBy = ({ kind, grantId, since, rights }: GrantItem) => ({ as: kind, grantId, since, rights });

/**
 * That somebody still speaks for these children, as a check in a transaction: guardian of each with the right to manage, and no court
 * has decided otherwise.
 */
export function managesCheck(
  by: Authorized,
  personId: PersonId,
  subjectIds: readonly PersonId[],
  code: ProblemCode,
): Write {
  const each = subjectIds.map((_, at) =>
    condition(
      'speaks for the child',
      `actsFor.#s${at}.#as = :guardian AND NOT contains(limitedFor, :s${at}) AND ` +
        `(attribute_not_exists(actsFor.#s${at}.rights) OR contains(actsFor.#s${at}.rights, :manage))`,
    ),
  );
  return {
    key: keys.people.access(by.tenantId, personId),
    names: { '#as': 'as', ...Object.fromEntries(subjectIds.map((id, at) => [`#s${at}`, id])) },
    values: {
      ':guardian': 'guardian',
      ':manage': 'manage',
      ...Object.fromEntries(subjectIds.map((id, at) => [`:s${at}`, id])),
    },
    conditions: each,
    meaning: () => refuse(code),
  };
}

/** Both sides of a grant, and the holder's access record, in the writes of one transaction. */
export function grantWrites(by: Authorized, grant: GrantItem): Write[] {
  return [
    ...grantItems(by.tenantId, grant).map((planned) => ({ ...planned, conditions: [isNew] })),
    {
      key: keys.people.access(by.tenantId, grant.holderId),
      update: 'SET actsFor.#subject = :held',
      names: { '#subject': grant.subjectId },
      values: { ':held': heldBy(grant) },
      conditions: [exists, condition('may not act for them yet', 'attribute_not_exists(actsFor.#subject)')],
      meaning: (item) => refuse(item ? 'already-granted' : 'not-found'),
    },
  ];
}

/**
 * The grant that the actor has accepted to hold. Refuses `invitation-gone` when it has been answered, or its sender may no longer
 * speak for the subject; `already-granted` when the holder may act for the subject already.
 */
export async function createGrant(
  by: AuthorizedActor,
  invitation: GrantInvitation,
  grant: GrantItem,
): Promise<Outcome> {
  const { inviterId, subjectId } = invitation;
  return transact([
    ...acceptWrites(by, invitation),
    ...(inviterId === subjectId ? [] : [managesCheck(by, inviterId, [subjectId], 'invitation-gone')]),
    ...grantWrites(by, grant),
  ]);
}

/** Every grant that names the person on either side, ended ones too. */
export async function readGrants(by: AuthorizedActor, personId: PersonId): Promise<GrantItem[]> {
  return queryAll({ pk: keys.people.partition(by.tenantId, personId), begins: 'GRANT#' }, grantItem);
}

export async function readGrant(by: AuthorizedActor, personId: PersonId, grantId: GrantId) {
  return get(keys.people.grant(by.tenantId, personId, grantId), grantItem);
}

/** The actor's own say over the subject, where they are neither the subject nor the holder who lets go. */
const actorsSay = (by: AuthorizedActor, { subjectId, holderId }: GrantItem): Write[] => {
  const { personId } = by.actor;
  if (personId === subjectId || personId === holderId) return [];
  return [managesCheck(by, personId, [subjectId], 'no-authority')];
};

const sidesOf = (by: Authorized, { subjectId, holderId, grantId }: GrantItem) =>
  [subjectId, holderId].map((personId) => ({ key: keys.people.grant(by.tenantId, personId, grantId) }));

const actsByGrant = condition('acts by this grant', 'actsFor.#subject.grantId = :grant');

/**
 * What the holder may do from now on, on both sides and in the access record, as one. Of two guardians who would take each other's
 * right to manage, only one can. Refuses `grant-ended`, `no-authority`.
 */
export async function changeRights(by: AuthorizedActor, grant: GrantItem, rights: readonly GrantRight[]) {
  await transact([
    ...actorsSay(by, grant),
    ...sidesOf(by, grant).map((side) => ({
      ...side,
      update: 'SET rights = :rights',
      values: { ':rights': rights },
      conditions: [notEnded],
      meaning: () => refuse('grant-ended'),
    })),
    {
      key: keys.people.access(by.tenantId, grant.holderId),
      update: 'SET actsFor.#subject.rights = :rights',
      names: { '#subject': grant.subjectId },
      values: { ':rights': rights, ':grant': grant.grantId },
      conditions: [actsByGrant],
      meaning: () => refuse('grant-ended'),
    },
  ]);
}

/** The end of a grant on both its sides, in the writes of one transaction; the access record is a write of its own. */
export function endWrites(by: AuthorizedActor, grant: GrantItem): Write[] {
  return sidesOf(by, grant).map((side) => ({
    ...side,
    update: 'SET endedAt = :at, endedBy = :by',
    values: { ':at': by.now.toISOString(), ':by': by.actor.personId },
    conditions: [notEnded],
    meaning: () => refuse('grant-ended'),
  }));
}

/** Ends a grant on both sides and takes the right from the holder, as one. Refuses `grant-ended`, `no-authority`. */
export async function endGrant(by: AuthorizedActor, grant: GrantItem): Promise<void> {
  await transact([
    ...actorsSay(by, grant),
    ...endWrites(by, grant),
    {
      key: keys.people.access(by.tenantId, grant.holderId),
      update: 'REMOVE actsFor.#subject',
      names: { '#subject': grant.subjectId },
      values: { ':grant': grant.grantId },
      conditions: [actsByGrant],
      meaning: () => refuse('grant-ended'),
    },
  ]);
}
