import * as z from 'zod';
import { householdId, instant, mergeId, personId } from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import { memberRoles } from '../../../shared/contracts/people.ts';
import { keys } from '../../../shared/table/keys.ts';
import { requestHashAttribute, storedAs } from '../../../shared/table/stored.ts';
import type { PlannedItem } from '../profiles/items.ts';
import { requestHash } from '../requests/items.ts';

const householdFields = z.object({
  householdId,
  name: z.string(),
  memberCount: z.int(),
  /** The adult who answers for a merged household. */
  headId: personId.optional(),
  /** The latest merge into it. */
  mergeId: mergeId.optional(),
  createdAt: instant,
  requestHash,
});
export type HouseholdItem = z.infer<typeof householdFields>;
export const householdItem = storedAs(householdFields, requestHashAttribute);

export const memberItem = z.object({
  personId,
  role: z.enum(memberRoles),
  since: instant,
  /** Who added them, or asked them in: with whom they stay when a merge is undone. */
  addedBy: personId.optional(),
});

export type MemberItem = z.infer<typeof memberItem>;

/** A household and its members. Each member's profile must name it too: see {@link NewPerson.householdId}. */
export function householdItems(
  tenantId: TenantId,
  household: Omit<HouseholdItem, 'memberCount'>,
  members: readonly MemberItem[],
): PlannedItem[] {
  return [
    {
      key: keys.people.household(tenantId, household.householdId),
      item: z.encode(householdItem, { ...household, memberCount: members.length }),
    },
    ...members.map((member) => ({
      key: keys.people.householdMember(tenantId, household.householdId, member.personId),
      item: member,
    })),
  ];
}
