import * as z from 'zod';
import { centerId, freeText, instant, isoDate, localized, offeringId, personId } from './common.ts';
import { type WaiverId, waiverId } from './policy.ts';

const version = z.int().min(1).max(999_999);
const bothLanguages = (max: number) => z.strictObject({ zh: freeText(max), en: freeText(max) });
/** A text of several paragraphs: line breaks are the one control character it may hold. */
const longText = z
  .string()
  .trim()
  .min(1)
  .max(20_000)
  .refine((text) => !/[^\P{Cc}\n]/u.test(text), { error: 'must not contain control characters' });

export const waiverPublish = z.strictObject({
  waiverId,
  title: bothLanguages(100),
  text: z.strictObject({ zh: longText, en: longText }),
  /** Of one center; without it, of the whole city. */
  centerId: centerId.optional(),
  /** The version that was read and is replaced by this one; 0 for the first. */
  replaces: z.int().min(0).max(999_998),
});

/** A waiver as it stands. Its `hash` (SHA-256 of both texts) says which words somebody has signed. */
export const waiver = z.object({
  waiverId,
  version,
  title: localized,
  centerId: centerId.optional(),
  hash: z.string(),
  publishedAt: instant,
});
export type Waiver = z.infer<typeof waiver>;
export const waiverWithText = waiver.extend({ text: localized });
export type WaiverWithText = z.infer<typeof waiverWithText>;
export const waiversAnswer = z.object({ waivers: z.array(waiver) });
export const waiverAnswer = z.object({ waiver: waiverWithText });
/** The current version when left out. */
export const waiverQuery = z.strictObject({ version: z.coerce.number().int().min(1).max(999_999).optional() });

/** Whether an offering asks for a waiver before anybody is checked in. */
export const waiverAsk = z.strictObject({ asked: z.boolean() });
export const waiverAskAnswer = z.object({ waiverId, offeringId, asked: z.boolean() });

/** Signed on a screen by the person or a guardian, with the name as they typed it; or on paper, which staff have seen and say so. */
export const waiverSign = z
  .strictObject({
    version,
    signedName: freeText(40),
    paper: z.strictObject({ reason: freeText(200) }).optional(),
  })
  .describe('`paper` is for staff who hold the signed sheet in their hands.');

/** Who signed which version of a waiver, and how. */
export const signature = z.object({
  version,
  hash: z.string(),
  at: instant,
  /** Who did it: the signer, or who recorded the paper. */
  byId: personId,
  signedName: z.string(),
  paper: z.object({ reason: z.string() }).optional(),
});
export type Signature = z.infer<typeof signature>;
export const signatureAnswer = z.object({ waiverId, personId, signature });

/** What a person has signed, and what they need to sign for the bookings that are coming. */
export const personWaiver = z.object({
  waiver,
  state: z.enum(['signed', 'outdated', 'missing']),
  /** The latest one. */
  signature: signature.optional(),
  /** Coming sessions that ask for it. */
  neededFor: z.array(z.object({ title: localized, date: isoDate })),
});
export type PersonWaiver = z.infer<typeof personWaiver>;
export const personWaiversAnswer = z.object({ waivers: z.array(personWaiver) });

/** The facts of `waiver-missing`. */
export type MissingWaiver = {
  readonly waiverId: WaiverId;
  readonly version: number;
  readonly title: z.infer<typeof localized>;
};
