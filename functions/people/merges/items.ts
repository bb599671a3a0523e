import * as z from 'zod';
import { grantId, instant, mergeId, personId } from '../../../shared/contracts/common.ts';
import { householdItem } from '../households/items.ts';

/** That another household came into this one: enough to take exactly that back. */
export const mergeItem = z.object({
  mergeId,
  /** The household as it was, which is gone while the merge stands. */
  from: householdItem,
  headId: personId,
  /** Who answered for the receiving household before. */
  previousHeadId: personId.optional(),
  /** The adults of both sides at that time: each of them can undo it. */
  adultIds: z.array(personId),
  movedIds: z.array(personId),
  grants: z.array(z.object({ grantId, subjectId: personId })),
  at: instant,
  undoUntilEpochSeconds: z.int(),
  undoneAt: instant.optional(),
  undoneBy: personId.optional(),
});

export type MergeItem = z.infer<typeof mergeItem>;
