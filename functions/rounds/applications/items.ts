import * as z from 'zod';
import { instant, personId, sessionId } from '../../../shared/contracts/common.ts';
import { applicationId, groupId, roundId } from '../../../shared/contracts/rounds.ts';

/** `APPLICATIONS#<roundId>#<shard> / APPLICATION#<applicationId>` */
export const applicationItem = z.object({
  applicationId,
  roundId,
  personIds: z.array(personId),
  /** Who applied, or changed it last: the actor of the bookings that come of it. */
  actorId: personId,
  wishes: z.array(sessionId),
  groupId: groupId.optional(),
  confirmed: z.boolean().default(false),
  changedAt: instant,
  h: z.string(),
  /** Who was drawn and could not be given the place: why, a refusal's code. */
  lost: z.record(personId, z.string()).optional(),
});

export type ApplicationItem = z.infer<typeof applicationItem>;

/** `APPLICATIONS#<roundId>#<shard> / CHILD#<personId>` */
export const applicantItem = z.object({ applicationId });
