import { authorized } from '../../../shared/access/authorize.ts';
import type { HouseholdId } from '../../../shared/contracts/common.ts';
import type { Household } from '../../../shared/contracts/people.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { undoableMerge } from '../merges/queries.ts';
import * as people from '../profiles/store.ts';
import * as households from './store.ts';

/** A household as its members see it. Refuses `no-authority` to everybody else. */
export async function readHousehold(context: RequestContext, householdId: HouseholdId): Promise<Household> {
  const { by } = await authorized(context);
  const found = await households.readHousehold(by, householdId);
  if (!found?.members.some(({ personId }) => personId === by.actor.personId)) throw refuse('no-authority');
  // A child for whom they may not act is not shown to them here either.
  const members = found.members.filter(({ personId }) => !by.access.limitedFor?.has(personId));
  const profiles = await people.readProfiles(
    by,
    members.map(({ personId }) => personId),
  );
  return {
    householdId,
    name: found.household.name,
    headId: found.household.headId,
    merge: undoableMerge(by, found, profiles),
    members: members.map((member) => ({
      ...member,
      name: profiles.get(member.personId)?.name ?? '',
      birthDate: profiles.get(member.personId)?.birthDate,
    })),
  };
}
