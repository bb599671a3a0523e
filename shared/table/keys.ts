import { bookingKeys } from './keys/booking.ts';
import { calendarsKeys } from './keys/calendars.ts';
import { centersKeys } from './keys/centers.ts';
import { closuresKeys } from './keys/closures.ts';
import { doorsKeys } from './keys/doors.ts';
import { dueKeys } from './keys/due.ts';
import { identityKeys } from './keys/identity.ts';
import { messagesKeys } from './keys/messages.ts';
import { noShowsKeys } from './keys/no-shows.ts';
import { operatorsKeys } from './keys/operators.ts';
import { peopleKeys } from './keys/people.ts';
import { roundsKeys } from './keys/rounds.ts';
import { rulesKeys } from './keys/rules.ts';
import { seriesKeys } from './keys/series.ts';
import { waiversKeys } from './keys/waivers.ts';

/** Every key of the table is built here, by area; the tenant always comes from the authorization step. */
export const keys = {
  people: peopleKeys,
  identity: identityKeys,
  messages: messagesKeys,
  calendars: calendarsKeys,
  waivers: waiversKeys,
  centers: centersKeys,
  operators: operatorsKeys,
  rules: rulesKeys,
  doors: doorsKeys,
  booking: bookingKeys,
  noShows: noShowsKeys,
  rounds: roundsKeys,
  closures: closuresKeys,
  series: seriesKeys,
  due: dueKeys,
} as const;

export { type Key, leadingKeyPatterns, type Namespace, type ReadableKey } from './keys/partition.ts';
export { APPLICATION_SHARDS } from './keys/rounds.ts';
export { centerOf, partsOfSessionId, sessionIdFor } from './keys/session-id.ts';
