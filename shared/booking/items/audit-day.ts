import * as z from 'zod';
import { isoDate, personId } from '../../contracts/common.ts';
import { storedAs } from '../../table/stored.ts';

/** What the last audit saw of a session, or of the sheet of a resource. */
const auditedFields = z.object({
  /** Tells its claims, where nothing derived from them was missing and nothing was held: while it is the same nothing can have changed. */
  mark: z.string().optional(),
  /** Who held a place, by booking. */
  bookings: z.record(z.string(), personId),
  /** Bookings whose claim was gone while their row said that it stands. */
  lost: z.array(z.string()).optional(),
});
export type AuditedItem = z.infer<typeof auditedFields>;
const audited = storedAs(auditedFields, { mark: 'm', bookings: 'b', lost: 'l' } satisfies Record<
  keyof AuditedItem,
  string
>);

/** `AUDIT#<center> / <date>`: what the audit of a center has seen of a date, by session and by resource. */
export const auditDay = z.object({
  is: z.literal('audit-day'),
  date: isoDate,
  /** The civil date on which all of it was compared, whatever had changed. */
  wholeOn: isoDate,
  seen: z.record(z.string(), audited),
});
export type AuditDay = z.infer<typeof auditDay>;
export const encodeAuditDay = (day: AuditDay) => z.encode(auditDay, day);
