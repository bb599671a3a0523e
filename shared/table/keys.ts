import { bookingKeys } from './keys/booking.ts';
import { laterKeys } from './keys/later.ts';
import { peopleKeys } from './keys/people.ts';
import { placeKeys } from './keys/places.ts';

/** Every key of the table is built here; the tenant always comes from the authorization step. */
export const keys = { ...peopleKeys, ...placeKeys, ...bookingKeys, ...laterKeys } as const;

export { APPLICATION_SHARDS } from './keys/later.ts';
export { type Key, leadingKeyPatterns, type Namespace } from './keys/partition.ts';
export { centerOf, partsOfSessionId, sessionIdFor } from './keys/session-id.ts';
