import { may } from '../../../shared/access/abilities.ts';
import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { HouseholdId, PersonId } from '../../../shared/contracts/common.ts';
import type { HouseholdMerge, Invitation } from '../../../shared/contracts/people.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { type Household, readHousehold } from '../households/store.ts';
import type { MergeInvitation } from '../invitations/items.ts';
import { maskedName } from '../profiles/rules.ts';
import type { PersonSummary } from '../profiles/store.ts';
import { currentMerge, HEAD_RIGHTS, newFor, partedMembers } from './rules.ts';

type People = ReadonlyMap<string, PersonSummary>;

const nameIn = (people: People, personId: PersonId): string => people.get(personId)?.name ?? '';

/**
 * The children of the household whom the actor can let somebody act for. Elders are not among them: their proxy passes nothing on, they
 * say so themselves (Civil Code of the PRC, article 169). Refuses `merge-standing`.
 */
export async function readChildrenToShare(by: AuthorizedActor, householdId: HouseholdId): Promise<string[]> {
  const found = await readHousehold(by, householdId);
  if (!found) throw refuse('no-authority');
  if (currentMerge(found.merges, epochSeconds(by.now))) throw refuse('merge-standing');
  return found.members
    .filter(({ role, personId }) => role === 'child' && may(by.ability, 'share', 'Person', { personId }))
    .map(({ personId }) => personId);
}

/** Everything that accepting does, for the eyes of whoever decides; the children of the others are masked, the number may be a wrong one. */
export function givesOf(
  by: AuthorizedActor,
  invitation: MergeInvitation,
  own: Household | undefined,
  people: People,
): Invitation['gives'] {
  return {
    members: (own?.members ?? []).map(({ personId }) => ({ personId, name: nameIn(people, personId) })),
    grants: newFor(by, invitation).map((personId) => ({
      name: maskedName(nameIn(people, personId)),
      rights: [...HEAD_RIGHTS],
    })),
  };
}

/** The merge that the actor can still undo, as the household shows it. */
export function undoableMerge(by: AuthorizedActor, found: Household, people: People): HouseholdMerge | undefined {
  const merge = currentMerge(found.merges, epochSeconds(by.now));
  if (!merge?.adultIds.includes(by.actor.personId)) return undefined;
  const named = (personId: PersonId) => ({ personId, name: nameIn(people, personId) });
  const { returning } = partedMembers(merge, found.members);
  return {
    mergeId: merge.mergeId,
    fromName: merge.from.name,
    at: merge.at,
    undoUntil: new Date(merge.undoUntilEpochSeconds * 1_000).toISOString(),
    members: returning.filter((it) => !by.access.limitedFor?.has(it.personId)).map((it) => named(it.personId)),
    grants: merge.grants.filter((it) => people.has(it.subjectId)).map((it) => named(it.subjectId)),
  };
}
