import type { Key } from './keys/partition.ts';

declare const ofClaim: unique symbol;

/** The key of a session, or of the day of a resource or a person: anybody may read it; who writes it makes it {@link writable}. */
export type ClaimKey = Key & { readonly [ofClaim]: true };

/** A key that a write takes. */
export type WritableKey = Key & { readonly [ofClaim]?: never };

export const claimKey = (key: Key): ClaimKey => key as ClaimKey;

/** For `shared/booking/claim` alone, which writes all claims. */
export const writable = ({ pk, sk }: ClaimKey): WritableKey => ({ pk, sk });
