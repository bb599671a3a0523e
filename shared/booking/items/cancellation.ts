import * as z from 'zod';
import { cancellationTier } from '../../contracts/policy.ts';

/** How canceling a claim costs, as agreed when it was booked: stored as pairs of hours before the start and percent kept. */
export const agreedCancellation = z.array(
  z.codec(z.tuple([z.int(), z.int()]), cancellationTier, {
    decode: ([underHours, keepPercent]) => ({ underHours, keepPercent }),
    encode: ({ underHours, keepPercent }): [number, number] => [underHours, keepPercent],
  }),
);
