import type { Authorized, AuthorizedActor } from '../../../shared/access/authorize.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../../shared/table/conditions.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { type Outcome, transact, type Write } from '../../../shared/table/write.ts';
import { type GrantInvitation, type GrantItem, grantItem, grantItems } from '../items.ts';
import { acceptWrites } from './invitations.ts';
import { notEnded } from './requests.ts';

/** Both sides of a grant, and the holder's access record, in the writes of one transaction. */
export function grantWrites(by: Authorized, grant: GrantItem): Write[] {
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
 * The grant that the actor has accepted to hold. Refuses `invitation-gone` when it has been answered, or its sender may no longer
 * speak for the subject; `already-granted` when the holder may act for the subject already.
 */
export async function createGrant(
  by: AuthorizedActor,
  invitation: GrantInvitation,
  grant: GrantItem,
): Promise<Outcome> {
  const { inviterId, subjectId } = invitation;
  const stillSpeaks: Write = {
    key: keys.access(by.tenantId, inviterId),
    names: { '#subject': subjectId, '#as': 'as' },
    values: { ':guardian': 'guardian' },
    conditions: [condition('sender is guardian', 'actsFor.#subject.#as = :guardian')],
    meaning: () => refuse('invitation-gone'),
  };
  return transact([
    ...acceptWrites(by, invitation),
    ...(inviterId === subjectId ? [] : [stillSpeaks]),
    ...grantWrites(by, grant),
  ]);
}

/** Every grant that names the person on either side, ended ones too. */
export async function grantsOf(by: AuthorizedActor, personId: string): Promise<GrantItem[]> {
  return queryAll({ pk: keys.person(by.tenantId, personId), begins: 'GRANT#' }, grantItem);
}

export async function readGrant(by: AuthorizedActor, personId: string, grantId: string) {
  return get(keys.grant(by.tenantId, personId, grantId), grantItem);
}

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
