import * as allowances from './endpoints/allowances.ts';
import * as bookings from './endpoints/bookings.ts';
import * as calendars from './endpoints/calendars.ts';
import * as centers from './endpoints/centers.ts';
import * as closures from './endpoints/closures.ts';
import * as desk from './endpoints/desk.ts';
import * as doors from './endpoints/doors.ts';
import * as households from './endpoints/households.ts';
import * as identity from './endpoints/identity.ts';
import * as operators from './endpoints/operators.ts';
import * as people from './endpoints/people.ts';
import * as platform from './endpoints/platform.ts';
import * as rooms from './endpoints/rooms.ts';
import * as rounds from './endpoints/rounds.ts';
import * as series from './endpoints/series.ts';
import * as sessions from './endpoints/sessions.ts';
import * as waivers from './endpoints/waivers.ts';

/** Every endpoint of the API by its area and name. Each area is served by the module of its name; `households` by `people`. */
export const api = {
  allowances,
  bookings,
  calendars,
  centers,
  closures,
  desk,
  doors,
  households,
  identity,
  operators,
  people,
  platform,
  rooms,
  rounds,
  series,
  sessions,
  waivers,
};
