import * as z from 'zod';
import { isIsoDate } from '../kernel/days.ts';

/** Building blocks of every contract. Inputs use `z.strictObject` (unknown fields are refused), answers `z.object` (unnamed fields are dropped). */

/** A real day that anybody alive could mean; sums with it stay within four-digit years. */
const isUsableDate = (text: string): boolean => isIsoDate(text) && text >= '1900' && text < '2200';

const slug = '[a-z0-9][a-z0-9-]{0,38}';

export const centerId = z.string().regex(new RegExp(`^${slug}$`));
export const operatorId = z.string().regex(new RegExp(`^${slug}$`));
/** `<center>.<room>` */
export const roomId = z.string().regex(new RegExp(`^${slug}\\.${slug}$`));
/** `<center>.<center or operator>.<slug>` */
export const offeringId = z.string().regex(new RegExp(`^${slug}\\.${slug}\\.${slug}$`));
/** `<offering>.<yyyymmdd>t<hhmm>`; the date is a real one, because a session is found by its week. */
export const sessionId = z
  .string()
  .regex(new RegExp(`^${slug}\\.${slug}\\.${slug}\\.\\d{8}t\\d{4}$`))
  .refine((id) => isUsableDate(id.replace(/^.*\.(\d{4})(\d{2})(\d{2})t\d{4}$/, '$1-$2-$3')), {
    error: 'must name a real date',
  });
export const personId = z.string().regex(/^p[0-9a-z]{16}$/);
export const householdId = z.string().regex(/^h[0-9a-z]{16}$/);
export const bookingId = z.string().regex(/^\d{8}-[0-9a-z]{13}$/);
export const orderId = z.string().regex(/^o[0-9a-z]{16}$/);
export const grantId = z.string().regex(/^g[0-9a-z]{16}$/);
export const invitationId = z.string().regex(/^i[0-9a-z]{16}$/);
export const postId = z.string().regex(/^j[0-9a-z]{16}$/);
export const mergeId = z.string().regex(/^m[0-9a-z]{16}$/);
export const courtLimitId = z.string().regex(/^c[0-9a-z]{16}$/);
export const feedId = z.string().regex(/^f[0-9a-z]{16}$/);
export const seriesId = z.string().regex(/^q[0-9a-z]{16}$/);
export const doorKeyId = z.string().regex(/^k[0-9a-z]{16}$/);

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
