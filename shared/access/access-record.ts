import * as z from 'zod';
import { instant, personId } from '../contracts/common.ts';
import { post } from '../contracts/people.ts';

/**
 * What a person may do, gathered in one item (`PERSON#…/ACCESS`) so that a request looks it up with one read. The grants and posts
 * it is made of are items of their own; both are written in one transaction, so a right that ends is gone with the same write.
 */
export const accessRecord = z.object({
  personId,
  /** Tokens issued before this are void: sign-out everywhere. */
  signedOutBeforeEpochSeconds: z.int().default(0),
  /** For whom this person may act, by person id. The person itself is not listed. */
  actsFor: z
    .record(personId, z.object({ as: z.enum(['guardian', 'proxy']), grantId: z.string(), since: instant }))
    .default({}),
  /** Posts held, by post id. */
  posts: z.record(z.string(), post).default({}),
});
export type AccessRecord = z.infer<typeof accessRecord>;
