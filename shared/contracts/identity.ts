import * as z from 'zod';
import { personId } from './common.ts';

/** A phone number as a person types it; normalized to E.164 by the server (`phone-format` when it cannot be). */
const phoneAsTyped = z.string().trim().min(5).max(24);

export const signInCodeRequest = z.strictObject({ phone: phoneAsTyped });
/** Always the same answer, so that nobody learns which numbers are known. */
export const signInCodeAnswer = z.object({ expiresInSeconds: z.int() });

export const signInRequest = z.strictObject({ phone: phoneAsTyped, code: z.string().regex(/^\d{6}$/) });

/** The tokens of a sign-in. */
export const tokenAnswer = z.object({
  /** ES256 JWT; send it as `Authorization: Bearer …`. */
  accessToken: z.string(),
  accessTokenExpiresInSeconds: z.int(),
  /** Single use: each refresh gives a new one; a used one that comes back ends the whole sign-in. */
  refreshToken: z.string(),
  personId,
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

export const refreshRequest = z.strictObject({ refreshToken: z.string().max(200) });
export const signOutRequest = z.strictObject({ everywhere: z.boolean().default(false) });

/** A JSON Web Key Set (RFC 7517). */
export const jwks = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
