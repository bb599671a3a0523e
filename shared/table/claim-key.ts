import type { ClaimKey, Key } from './keys/partition.ts';

export const claimKey = ({ pk, sk }: Key): ClaimKey => ({ pk, sk }) as ClaimKey;

/** Makes the key of a claim one that a write takes: for `shared/booking/claim` alone, which writes all claims. */
export const writable = ({ pk, sk }: ClaimKey): Key => ({ pk, sk });
