import { requests as allowances } from './allowances.ts';
import { requests as bookings } from './bookings.ts';
import { requests as calendars } from './calendars.ts';
import { requests as centers } from './centers.ts';
import { requests as closures } from './closures.ts';
import { requests as desk } from './desk.ts';
import { requests as doors } from './doors.ts';
import { requests as households } from './households.ts';
import { requests as identity } from './identity.ts';
import { requests as operators } from './operators.ts';
import { requests as people } from './people.ts';
import { requests as platform } from './platform.ts';
import type { Requests } from './request.ts';
import { requests as rooms } from './rooms.ts';
import { requests as rounds } from './rounds.ts';
import { requests as series } from './series.ts';
import { requests as sessions } from './sessions.ts';
import { requests as waivers } from './waivers.ts';

/**
 * For every route one request that means something, in a file for each module: it is about the child, the center, the operator of the scene,
 * and does what the route is for when the right person sends it.
 */
export const requests: Requests = {
  ...allowances,
  ...bookings,
  ...calendars,
  ...centers,
  ...closures,
  ...desk,
  ...doors,
  ...households,
  ...identity,
  ...operators,
  ...people,
  ...platform,
  ...rooms,
  ...rounds,
  ...series,
  ...sessions,
  ...waivers,
};
