import * as z from 'zod';
import { doorKeyId, freeText, instant, roomId } from './common.ts';

/** The code of a booking, and when it opens the door of its room. */
export const entryCodeAnswer = z.object({
  /** Eight digits. */
  code: z.string(),
  roomId,
  opensAt: instant,
  closesAt: instant,
});
export type EntryCode = z.infer<typeof entryCodeAnswer>;

export const doorKeyCreate = z.strictObject({
  /** Which lock it is in: 前门, north entrance. */
  label: freeText(40),
});
/** The key of a door's lock, without the key itself. */
export const doorKey = z.object({
  keyId: doorKeyId,
  roomId,
  label: z.string(),
  createdAt: instant,
  revokedAt: instant.optional(),
});
export type DoorKey = z.infer<typeof doorKey>;
/** The one time that the key itself is told; only its fingerprint is kept. */
export const doorKeyCreated = doorKey.extend({ key: z.string() });
export type DoorKeyCreated = z.infer<typeof doorKeyCreated>;
export const doorKeysAnswer = z.object({ keys: z.array(doorKey) });

export const entryRequest = z.strictObject({ code: z.string().regex(/^\d{8}$/) });
export const entryAnswer = z.object({ open: z.literal(true) });
