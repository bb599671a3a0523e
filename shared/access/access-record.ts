import * as z from 'zod';
import { instant, personId } from '../contracts/common.ts';
import { grantRight, post } from '../contracts/people.ts';

type Held = { readonly since: string };

/** A stored map has no order of its own: who came into their care first stands first, in all that is listed of them. */
const inOrderOfTime = <T extends Held>(held: Record<string, T>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(held).sort(([id, one], [otherId, other]) => (one.since + id < other.since + otherId ? -1 : 1)),
  );

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
    .record(
      personId,
      z.object({
        as: z.enum(['guardian', 'proxy']),
        grantId: z.string(),
        since: instant,
        /** Left out: everything that a grant of its kind can carry. See `rightsOf`. */
        rights: z.array(grantRight).optional(),
      }),
    )
    .default({})
    .transform(inOrderOfTime),
  /** Children for whom a court has decided that this person may not act. It beats every grant, whenever that was given. */
  limitedFor: z.set(personId).optional(),
  /** Posts held, by post id. */
  posts: z.record(z.string(), post).default({}),
  /** Of a service account: only tokens that were given for this key are good; once it has ended there is none. */
  service: z.object({ keyId: z.string().optional() }).optional(),
});
export type AccessRecord = z.infer<typeof accessRecord>;
