import * as z from 'zod';
import { isIsoDate } from '../kernel/days.ts';
import { id } from './id.ts';

/** Building blocks of every contract. Inputs use `z.strictObject` (unknown fields are refused), answers `z.object` (unnamed fields are dropped). */

/** A real day that anybody alive could mean; sums with it stay within four-digit years. */
const isUsableDate = (text: string): boolean => isIsoDate(text) && text >= '1900' && text < '2200';

const slug = '[a-z0-9][a-z0-9-]{0,38}';

/** A center, by the name in its address: `yuhu`. */
export const centerId = id<'Center'>(z.string().regex(new RegExp(`^${slug}$`)));
export type CenterId = z.infer<typeof centerId>;
/** An operator, by the name in its address. */
export const operatorId = id<'Operator'>(z.string().regex(new RegExp(`^${slug}$`)));
export type OperatorId = z.infer<typeof operatorId>;
/** `<center>.<room>` */
export const roomId = id<'Room'>(z.string().regex(new RegExp(`^${slug}\\.${slug}$`)));
export type RoomId = z.infer<typeof roomId>;
/** `<center>.<center or operator>.<slug>` */
export const offeringId = id<'Offering'>(z.string().regex(new RegExp(`^${slug}\\.${slug}\\.${slug}$`)));
export type OfferingId = z.infer<typeof offeringId>;
/** `<offering>.<yyyymmdd>t<hhmm>`; the date is a real one, because a session is found by its week. */
export const sessionId = id<'Session'>(
  z
    .string()
    .regex(new RegExp(`^${slug}\\.${slug}\\.${slug}\\.\\d{8}t\\d{4}$`))
    .refine((id) => isUsableDate(id.replace(/^.*\.(\d{4})(\d{2})(\d{2})t\d{4}$/, '$1-$2-$3')), {
      error: 'must name a real date',
    }),
);
export type SessionId = z.infer<typeof sessionId>;
export const personId = id<'Person'>(z.string().regex(/^p[0-9a-z]{16}$/));
export type PersonId = z.infer<typeof personId>;
export const householdId = id<'Household'>(z.string().regex(/^h[0-9a-z]{16}$/));
export type HouseholdId = z.infer<typeof householdId>;
export const bookingId = id<'Booking'>(z.string().regex(/^\d{8}-[0-9a-z]{13}$/));
export type BookingId = z.infer<typeof bookingId>;
export const orderId = id<'Order'>(z.string().regex(/^o[0-9a-z]{16}$/));
export type OrderId = z.infer<typeof orderId>;
export const grantId = id<'Grant'>(z.string().regex(/^g[0-9a-z]{16}$/));
export type GrantId = z.infer<typeof grantId>;
export const invitationId = id<'Invitation'>(z.string().regex(/^i[0-9a-z]{16}$/));
export type InvitationId = z.infer<typeof invitationId>;
export const postId = id<'Post'>(z.string().regex(/^j[0-9a-z]{16}$/));
export type PostId = z.infer<typeof postId>;
export const mergeId = id<'Merge'>(z.string().regex(/^m[0-9a-z]{16}$/));
export type MergeId = z.infer<typeof mergeId>;
export const courtLimitId = id<'CourtLimit'>(z.string().regex(/^c[0-9a-z]{16}$/));
export type CourtLimitId = z.infer<typeof courtLimitId>;
export const feedId = id<'Feed'>(z.string().regex(/^f[0-9a-z]{16}$/));
export type FeedId = z.infer<typeof feedId>;
export const seriesId = id<'Series'>(z.string().regex(/^q[0-9a-z]{16}$/));
export type SeriesId = z.infer<typeof seriesId>;
export const doorKeyId = id<'DoorKey'>(z.string().regex(/^k[0-9a-z]{16}$/));
export type DoorKeyId = z.infer<typeof doorKeyId>;

/** A civil date, `YYYY-MM-DD`. */
export const isoDate = z
  .string()
  .refine(isUsableDate, { error: 'must be a real date, YYYY-MM-DD' })
  .meta({ format: 'date', examples: ['2026-02-14'] });
/** `HH:MM` on the quarter-hour grid; `24:00` ends a day. */
export const clockTime = z
  .string()
  .regex(/^(([01]\d|2[0-3]):(00|15|30|45)|24:00)$/, { error: 'must lie on a quarter-hour, HH:MM' })
  .meta({ examples: ['16:30'] });
/** An instant, ISO 8601 in UTC. */
export const instant = z.iso.datetime();
/** An amount of money in fen, a hundredth of a yuan. */
export const fen = z.int();

/** A text in both languages; Chinese first. */
export const localized = z.object({ zh: z.string(), en: z.string() });
export type Localized = z.infer<typeof localized>;

/** What a person may write: no control characters, trimmed, at most `max` characters. */
export const freeText = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    // biome's and our own taste agree: control characters have no place in a name or a reason
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'must not contain control characters' });

/** Somebody, by name. */
export const namedPerson = z.object({ personId, name: z.string() });

/** Where the next page begins, as the page before said it. */
export const cursor = z.string().max(600);

export const services = ['childcare', 'elder-care', 'medical', 'food', 'leisure', 'affairs'] as const;
/** The six services of 1+6+X, and `other` for X. */
export const service = z.enum([...services, 'other']);
export type Service = z.infer<typeof service>;

/** The answer of 204. */
export const nothing = z.undefined();

/** RFC 9457 problem details, as every refusal is sent. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  detailEn: z.string(),
  traceId: z.string(),
  fields: z.array(z.object({ at: z.string(), rule: z.string(), message: z.string() })).optional(),
  facts: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problem>;
