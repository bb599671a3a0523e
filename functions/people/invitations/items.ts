import * as z from 'zod';
import { householdId, instant, invitationId, personId } from '../../../shared/contracts/common.ts';

const invitationFields = {
  invitationId,
  inviterId: personId,
  phoneMac: z.string(),
  phoneMasked: z.string(),
  since: instant,
  expiresAtEpochSeconds: z.int(),
  ttlEpochSeconds: z.int(),
  answer: z.enum(['accepted', 'declined', 'withdrawn']).optional(),
};

/**
 * Stored twice, under the number it went to and under who sent it. Nothing in it depends on whether the number is known, and a
 * `declined` is written only on the side of whoever declined.
 */
export const invitationItem = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('household'), householdId, householdName: z.string(), ...invitationFields }),
  z.object({
    kind: z.literal('merge'),
    householdId,
    householdName: z.string(),
    /** The children for whom its sender lets whoever accepts act. */
    subjectIds: z.array(personId),
    ...invitationFields,
  }),
  z.object({ kind: z.enum(['guardian', 'proxy']), subjectId: personId, ...invitationFields }),
]);

export type InvitationItem = z.infer<typeof invitationItem>;

export type HouseholdInvitation = Extract<InvitationItem, { kind: 'household' }>;

export type MergeInvitation = Extract<InvitationItem, { kind: 'merge' }>;

export type GrantInvitation = Exclude<InvitationItem, HouseholdInvitation | MergeInvitation>;
