import * as z from 'zod';
import { fen, freeText, instant, isoDate, offeringId, operatorId, personId, service } from './common.ts';
import { id } from './id.ts';
import { fund, pass } from './passes.ts';

/** The rules of use that a city sets for itself, as data with their source and dates. Read with each booking, so a change counts at once. */

export const ruleId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/);
export const groupId = id<'Group'>(z.string().regex(/^[a-z0-9][a-z0-9-]{0,38}$/));
export type GroupId = z.infer<typeof groupId>;

/** The title of a rule or group in both languages. */
export const ruleTitle = z.strictObject({ zh: freeText(60), en: freeText(120) });

/**
 * A fair-use rule: so many hours or bookings for each person, household or organization in a day, week (from Monday) or month (from the
 * 1st); beyond it nothing, or rooms at a price by the hour.
 */
export const fairUseRule = z
  .strictObject({
    ruleId,
    title: ruleTitle,
    per: z.enum(['person', 'household', 'organization']),
    window: z.enum(['day', 'week', 'month']),
    of: z.strictObject({
      kind: z.enum(['room', 'session']),
      service: service.optional(),
      offeringIds: z.array(offeringId).min(1).max(40).optional(),
    }),
    unit: z.enum(['hours', 'bookings']),
    /** Whole or half hours, or bookings. */
    free: z.number().min(0).max(500).multipleOf(0.25),
    beyond: z.union([z.literal('refuse'), z.strictObject({ pricePerHourFen: fen.min(1).max(1_000_000) })]),
    validFrom: isoDate,
    validUntil: isoDate.optional(),
    /** Where the rule comes from: the document and its date. */
    source: freeText(200),
  })
  .refine(({ unit, free }) => unit === 'hours' || Number.isInteger(free), {
    error: 'bookings are counted whole',
    path: ['free'],
  })
  .refine(({ beyond, of, unit }) => beyond === 'refuse' || (of.kind === 'room' && unit === 'hours'), {
    error: 'only hours of rooms have a price beyond the allowance; sessions have their own',
    path: ['beyond'],
  })
  .refine(({ validFrom, validUntil }) => validUntil === undefined || validUntil >= validFrom, {
    error: 'must not end before it begins',
    path: ['validUntil'],
  });
export type FairUseRule = z.infer<typeof fairUseRule>;

const distinctRules = (rules: readonly FairUseRule[]) =>
  new Set(rules.map(({ ruleId: id }) => id)).size === rules.length;

/** A group that places can be kept for. */
export const group = z.strictObject({ groupId, title: ruleTitle });

const rulesFields = {
  /** How far ahead rooms and sessions may be booked. */
  roomDaysAhead: z.int().min(1).max(400),
  sessionDaysAhead: z.int().min(1).max(400),
  /** Room time of one person on one date, over all rooms and centers. */
  roomMinutesPerDay: z.int().min(15).max(1_440).multipleOf(15),
  fairUse: z.array(fairUseRule).max(20).refine(distinctRules, { error: 'must not repeat a rule' }),
  groups: z.array(group).max(20),
};
export const cityRulesChange = z.strictObject(rulesFields);
/** The rules of use that hold in the city. */
export const cityRules = z.object({ ...rulesFields, version: z.int() });
export type CityRules = z.infer<typeof cityRules>;
export const cityRulesAnswer = z.object({ rules: cityRules });

/** How much of one rule is used in the window of one date. Hours or bookings, as the rule counts. */
export const allowance = z.object({
  rule: fairUseRule,
  used: z.number(),
  left: z.number(),
  /** Taken beyond the allowance and paid for. */
  paid: z.number(),
  /** The first day of the next window. */
  resetsOn: isoDate,
});
export type Allowance = z.infer<typeof allowance>;
/** `on`: the date whose windows are asked for, today unless told. Operators' staff see what their organization has. */
export const allowancesQuery = z.strictObject({ on: isoDate.optional(), organizationId: operatorId.optional() });
export const allowancesAnswer = z.object({
  on: isoDate,
  allowances: z.array(allowance),
  passes: z.array(pass),
  funds: z.array(fund),
});
export type Allowances = z.infer<typeof allowancesAnswer>;

/** Who of the staff has seen the document, and when. */
export const confirmation = z.object({ by: personId, at: instant });
/** Groups by id, each as it was confirmed. */
export const memberGroups = z.record(groupId, confirmation);
