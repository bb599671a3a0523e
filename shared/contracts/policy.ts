import * as z from 'zod';
import { fen } from './common.ts';
import { id } from './id.ts';

/**
 * The rules of an offering, as data that the center keeps. Everything is optional: what is left out asks nothing of anybody. A rule is
 * read with the offering when somebody books, so a change counts from the next request on and never for a booking that stands.
 */

export const waiverId = id<'Waiver'>(z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/));
export type WaiverId = z.infer<typeof waiverId>;
export const passKindId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/);

/** Who may come (B05). Ages are in months lived on the date of the session, so that "5 years 11 months" can be told from six. */
export const eligibility = z.object({
  minAgeMonths: z.int().optional(),
  maxAgeMonths: z.int().optional(),
  /** Districts of residence. */
  districts: z.array(z.string()).optional(),
  schools: z.array(z.string()).optional(),
  /** Only who has attended a session of this offering before. */
  afterOfferingId: z.string().optional(),
  /** So many places are kept for people of this group until so many hours before the start. */
  priority: z.object({ group: z.string(), places: z.int(), untilHoursBefore: z.int() }).optional(),
});
export type Eligibility = z.infer<typeof eligibility>;

/** What is kept of the price when somebody cancels fewer than `underHours` before the start; the smallest that applies counts (A14). */
export const cancellationTier = z.object({ underHours: z.int(), keepPercent: z.int().min(0).max(100) });
export type CancellationTier = z.infer<typeof cancellationTier>;

/** Less for brothers and sisters, and a most for the family, in one order (B03). */
export const familyPrice = z.object({
  /** Percent of the price for the first, second, third … child; the last entry counts for all further ones. */
  percentByChild: z.array(z.int().min(0).max(100)).min(1).optional(),
  /** No more than this for all children of one order in one session. */
  mostFen: fen.optional(),
});
export type FamilyPrice = z.infer<typeof familyPrice>;

/** The rules of an offering; what is left out asks nothing of anybody. */
export const offeringPolicy = z.object({
  /** Minutes kept free of others around each booking of a room under this offering (A07). */
  buffers: z.object({ beforeMinutes: z.int(), afterMinutes: z.int() }).optional(),
  /** Somebody at the center must say yes; until then, at most so long, the place is held (A02). */
  approval: z.object({ withinHours: z.int() }).optional(),
  /** Paid before it counts: the place is held so many minutes (A03). */
  payment: z.object({ withinMinutes: z.int() }).optional(),
  /** How long a freed place is kept for whoever was waiting (A09). */
  offerMinutes: z.int().optional(),
  /** Free of charge at any time before the start when left out. */
  cancellation: z.array(cancellationTier).optional(),
  eligibility: eligibility.optional(),
  family: familyPrice.optional(),
  /** Must be signed, in their current version, before anybody is checked in (B06). */
  waivers: z.array(waiverId).optional(),
  /** Kinds of pass that pay for it, one unit a place (B07). */
  passes: z.array(passKindId).optional(),
});
export type OfferingPolicy = z.infer<typeof offeringPolicy>;
