import * as z from 'zod';
import { isoDate, personId } from '../../contracts/common.ts';
import { storedAs } from '../../table/stored.ts';

/** `AUDIT#<center> / <date>#<id>`: what the last audit saw of a session, or of the sheet of a resource. */
const auditedFields = z.object({
  is: z.literal('audited').default('audited'),
  /** The session or the resource. */
  id: z.string(),
  date: isoDate,
  /** The civil date on which it was compared. */
  comparedOn: isoDate,
  /** Tells its claims, where nothing derived from them was missing and nothing was held: while it is the same nothing can have changed. */
  mark: z.string().optional(),
  /** Who held a place, by booking. */
  bookings: z.record(z.string(), personId),
  /** Bookings whose claim was gone while their row said that it stands. */
  lost: z.array(z.string()).optional(),
});
export type Audited = z.infer<typeof auditedFields>;
export const audited = storedAs(auditedFields, { comparedOn: 'c', mark: 'm', bookings: 'b', lost: 'l' });
export const encodeAudited = (seen: Audited) => z.encode(audited, seen);
