import * as z from 'zod';
import { fen, freeText, instant, isoDate, localized, personId } from './common.ts';
import { id } from './id.ts';
import { passKindId } from './policy.ts';

/** What pays for a place instead of money at the desk: units of a pass, or the balance that a funder has given. */

export const passId = id<'Pass'>(z.string().regex(/^x[0-9a-z]{16}$/));
export type PassId = z.infer<typeof passId>;
export const fundId = id<'Fund'>(z.string().regex(/^u[0-9a-z]{16}$/));
export type FundId = z.infer<typeof fundId>;

/** Which pass or fund pays for all places of a request; whose it is, when it is not the one of each beneficiary. */
export const payWith = z.union([
  z.strictObject({ passId, holderId: personId.optional() }),
  z.strictObject({ fundId, holderId: personId.optional() }),
]);
export type PayWith = z.infer<typeof payWith>;

/** What has paid for a place, and how much of its price (fen): shown on the booking and on the family's statement. */
export const paidWith = z.object({
  kind: z.enum(['pass', 'fund']),
  id: z.string(),
  /** The pass by its title; the fund by its funder. */
  name: localized,
  amountFen: fen,
});
export type PaidWith = z.infer<typeof paidWith>;

/** A part of an installment: so many units open once it is recorded as paid. */
const partOfKind = z.object({
  units: z.int().min(1).max(500),
  priceFen: fen.min(0),
  dueAfterDays: z.int().min(0).max(730),
});

/** A kind of pass as the city sells it. What it pays for is said by each offering (`policy.passes`). */
export const passKind = z
  .strictObject({
    kindId: passKindId,
    title: z.strictObject({ zh: freeText(40), en: freeText(80) }),
    units: z.int().min(1).max(500),
    validDays: z.int().min(1).max(1_100),
    priceFen: fen.min(0).max(10_000_000),
    /** How it may be paid part by part; the parts sum up to the units and the price. */
    parts: z.array(partOfKind).min(2).max(24).optional(),
  })
  .refine(
    ({ parts, units, priceFen }) =>
      !parts ||
      (parts.reduce((sum, part) => sum + part.units, 0) === units &&
        parts.reduce((sum, part) => sum + part.priceFen, 0) === priceFen),
    { error: 'units and prices of the parts must sum up to those of the pass', path: ['parts'] },
  );
export type PassKind = z.infer<typeof passKind>;

const uniqueKinds = (kinds: readonly PassKind[]) => new Set(kinds.map(({ kindId }) => kindId)).size === kinds.length;
export const passKindsChange = z.strictObject({
  kinds: z.array(passKind).max(40).refine(uniqueKinds, { error: 'must not repeat a kind' }),
});
export const passKindsAnswer = z.object({ kinds: z.array(passKind), version: z.int() });

/** Staff hand out a pass: paid whole, or part by part. The price is kept as a quote; the money itself is taken elsewhere. */
export const passIssue = z.strictObject({
  kindId: passKindId,
  inParts: z.boolean().default(false),
  reason: freeText(200),
});

/** A part of a pass that is paid part by part. */
export const passPart = z.object({
  part: z.int(),
  units: z.int(),
  priceFen: fen,
  dueOn: isoDate,
  paidAt: instant.optional(),
});
/** A pass that somebody holds: units that pay for places. */
export const pass = z.object({
  passId,
  holderId: personId,
  kindId: passKindId,
  title: localized,
  units: z.int(),
  /** What can be used now: units of parts that are not paid yet are locked. */
  left: z.int(),
  validUntil: isoDate,
  priceFen: fen,
  issuedAt: instant,
  parts: z.array(passPart).optional(),
});
export type Pass = z.infer<typeof pass>;
export const passAnswer = z.object({ pass });

/** A funder gives a balance to one person: a scholarship. */
export const fundGive = z.strictObject({
  funder: z.strictObject({ zh: freeText(60), en: freeText(100) }),
  amountFen: fen.min(1).max(10_000_000),
  validUntil: isoDate,
  reason: freeText(200),
});
/** A balance that a funder has given to one person. */
export const fund = z.object({
  fundId,
  holderId: personId,
  funder: localized,
  amountFen: fen,
  leftFen: fen,
  validUntil: isoDate,
  givenAt: instant,
});
export type Fund = z.infer<typeof fund>;
export const fundAnswer = z.object({ fund });

/** One booking on the statement: its price, and who pays which part of it. The parts sum up to the price. */
export const statementItem = z.object({
  bookingId: z.string(),
  personId,
  name: z.string(),
  title: localized,
  date: isoDate,
  startsAt: z.string(),
  state: z.string(),
  priceFen: fen,
  paidBy: z.array(
    z.object({
      payer: z.enum(['resident', 'pass', 'fund']),
      /** The pass by its title, the fund by its funder. */
      name: localized.optional(),
      amountFen: fen,
    }),
  ),
});
export type StatementItem = z.infer<typeof statementItem>;
export const statementQuery = z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/) });
/** A month of a family: what was booked, and who has paid for it. */
export const statementAnswer = z.object({
  month: z.string(),
  lines: z.array(statementItem),
  totals: z.object({ priceFen: fen, residentFen: fen, passFen: fen, fundFen: fen }),
});
export type Statement = z.infer<typeof statementAnswer>;
