import { abilitiesOf, may } from '../../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized } from '../../../shared/access/authorize.ts';
import type { HouseholdId, MergeId } from '../../../shared/contracts/common.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { isRefusal, refuse } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import type { GrantItem } from '../grants/items.ts';
import { readGrants } from '../grants/store.ts';
import { readHousehold } from '../households/store.ts';
import type { MergeInvitation } from '../invitations/items.ts';
import { readInvitation } from '../invitations/store.ts';
import { readAccess } from '../posts/store.ts';
import type { Profile } from '../profiles/items.ts';
import { type MergeItem, mergeItem } from './items.ts';
import {
  checkMerge,
  checkParting,
  checkUndo,
  HEAD_RIGHTS,
  isAdultOf,
  newFor,
  partedMembers,
  undoUntil,
} from './rules.ts';
import * as store from './store.ts';

/**
 * The actor's household becomes part of the inviter's; the actor becomes the head and sees the history of the children of both. Refuses
 * `no-household`, `already-in-household`, `no-authority` to who is no adult of their own, `invitation-gone`, `merge-standing`,
 * `too-many-members`, `changed-meanwhile`.
 */
export async function acceptMerge(by: AuthorizedActor, own: Profile, invitation: MergeInvitation): Promise<void> {
  if (invitation.answer === 'accepted') return;
  await unlessDone(bringHousehold(by, own, invitation), async () => {
    const now = await readInvitation(by, invitation.phoneMac, invitation.invitationId);
    return now?.answer === 'accepted';
  });
}

/** Of two who do the same at once, the later one may read what the earlier one has left: then it is done, whatever the rules say. */
async function unlessDone(doing: Promise<void>, isDone: () => Promise<boolean>): Promise<void> {
  try {
    await doing;
  } catch (error) {
    if (!isRefusal(error) || !(await isDone())) throw error;
  }
}

async function bringHousehold(by: AuthorizedActor, own: Profile, invitation: MergeInvitation): Promise<void> {
  const { householdId, inviterId, invitationId } = invitation;
  if (!own.householdId) throw refuse('no-household');
  if (own.householdId === householdId) throw refuse('already-in-household');
  const [into, from, inviter] = await Promise.all([
    readHousehold(by, householdId),
    readHousehold(by, own.householdId),
    readAccess(by, inviterId),
  ]);
  if (!into || !isAdultOf(into, inviterId)) throw refuse('invitation-gone');
  if (!from || !isAdultOf(from, own.personId)) throw refuse('no-authority');
  checkMerge(into, from, epochSeconds(by.now));
  const mergeId = derivedId('m', by.tenantId, invitationId, invitation.since);
  const at = by.now.toISOString();
  const theirs = inviter && abilitiesOf({ tenantId: by.tenantId, ...inviter });
  const children = new Set(into.members.flatMap(({ personId, role }) => (role === 'child' ? [personId] : [])));
  const grants = newFor(by, invitation)
    .filter((personId) => children.has(personId) && theirs && may(theirs, 'share', 'Person', { personId }))
    .map(
      (subjectId): GrantItem => ({
        grantId: derivedId('g', by.tenantId, mergeId, subjectId),
        kind: 'proxy',
        holderId: own.personId,
        subjectId,
        rights: [...HEAD_RIGHTS],
        mergeId,
        since: at,
      }),
    );
  const merge: MergeItem = {
    mergeId,
    from: from.household,
    headId: own.personId,
    previousHeadId: into.household.headId,
    adultIds: [...into.members, ...from.members].flatMap(({ personId, role }) => (role === 'adult' ? [personId] : [])),
    movedIds: from.members.map(({ personId }) => personId),
    grants: grants.map(({ grantId, subjectId }) => ({ grantId, subjectId })),
    at,
    undoUntilEpochSeconds: undoUntil(epochSeconds(by.now)),
  };
  await store.mergeHouseholds(by, { invitation, into: into.household, merge, moving: from.members, grants });
}

/**
 * Either side takes a merge back within thirty days: its members return with whoever they have added since, the grants it made end.
 * Undone before, it is done. Refuses `no-authority`, `merge-final`, `last-adult`, `changed-meanwhile`.
 */
export async function undoMerge(context: RequestContext, householdId: HouseholdId, mergeId: MergeId): Promise<void> {
  const { by, items } = await authorized(context, [keys.people.householdMerge(context.tenantId, householdId, mergeId)]);
  const merge = items[0] && parsedItem(mergeItem, items[0]);
  if (!merge?.adultIds.includes(by.actor.personId)) throw refuse('no-authority');
  if (merge.undoneAt) return;
  await unlessDone(partHouseholds(by, householdId, merge), async () => {
    const now = await store.readMerge(by, householdId, mergeId);
    return now?.undoneAt !== undefined;
  });
}

async function partHouseholds(by: AuthorizedActor, householdId: HouseholdId, merge: MergeItem): Promise<void> {
  const { mergeId, headId } = merge;
  const [found, held] = await Promise.all([readHousehold(by, householdId), readGrants(by, headId)]);
  if (!found || !isAdultOf(found, by.actor.personId)) throw refuse('no-authority');
  checkUndo(merge, epochSeconds(by.now));
  const grants = held.filter((grant) => grant.mergeId === mergeId && grant.endedAt === undefined);
  const { returning, staying } = partedMembers(merge, found.members);
  checkParting(returning, staying);
  await store.undoMerge(by, { household: found.household, merge, grants, returning, staying });
}
