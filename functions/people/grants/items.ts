import * as z from 'zod';
import { grantId, instant, mergeId, personId } from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import { grantRight } from '../../../shared/contracts/people.ts';
import { keys } from '../../../shared/table/keys.ts';
import type { PlannedItem } from '../profiles/items.ts';

/** Stored twice, under the holder and under the subject, so that each side lists its own with one query. */
export const grantItem = z.object({
  grantId,
  kind: z.enum(['guardian', 'proxy']),
  holderId: personId,
  subjectId: personId,
  /** Left out: everything that a grant of its kind can carry. */
  rights: z.array(grantRight).optional(),
  /** The merge of two households that made it, and that takes it back when it is undone. */
  mergeId: mergeId.optional(),
  since: instant,
  endedAt: instant.optional(),
  endedBy: personId.optional(),
});

export type GrantItem = z.infer<typeof grantItem>;

/** A grant under both its sides. The holder's access record must name it too: see {@link NewPerson.actsFor}. */
export function grantItems(tenantId: TenantId, grant: GrantItem): PlannedItem[] {
  return [
    { key: keys.people.grant(tenantId, grant.subjectId, grant.grantId), item: grant },
    { key: keys.people.grant(tenantId, grant.holderId, grant.grantId), item: grant },
  ];
}
