import * as z from 'zod';
import { booking } from './bookings.ts';
import { freeText, orderId, personId, sessionId } from './common.ts';
import { payWith } from './passes.ts';
import { waiting } from './waitlist.ts';

const mostPlaces = 20;
const mostSessions = 10;
const mostPeople = 6;
const distinct = (ids: readonly string[]): boolean => new Set(ids).size === ids.length;

const sessionBookingFields = {
  /** The short form: every beneficiary gets a place in every session. */
  sessionIds: z.array(sessionId).min(1).max(mostSessions).refine(distinct, { error: 'must not repeat' }).optional(),
  beneficiaryIds: z.array(personId).min(1).max(mostPeople).refine(distinct, { error: 'must not repeat' }).optional(),
  /** The long form, in the place of both: each place of one checkout by itself, of any sessions and people. */
  places: z
    .array(z.strictObject({ sessionId, beneficiaryId: personId }))
    .min(1)
    .max(mostPlaces)
    .refine((places) => distinct(places.map((place) => `${place.sessionId} ${place.beneficiaryId}`)), {
      error: 'must not repeat',
    })
    .optional(),
  /** What pays for each of these places, instead of its price. */
  payWith: payWith.optional(),
};

type WantedPlaces = z.output<z.ZodObject<typeof sessionBookingFields>>;

/** Each session with its party, whichever form was sent. */
export function partiesOf({ sessionIds = [], beneficiaryIds = [], places }: WantedPlaces) {
  const all =
    places ?? sessionIds.flatMap((id) => beneficiaryIds.map((beneficiaryId) => ({ sessionId: id, beneficiaryId })));
  return [...Map.groupBy(all, (place) => place.sessionId)].map(([id, party]) => ({
    sessionId: id,
    beneficiaryIds: party.map(({ beneficiaryId }) => beneficiaryId),
  }));
}
export type WantedParty = ReturnType<typeof partiesOf>[number];

const oneForm = ({ sessionIds, beneficiaryIds, places }: WantedPlaces) =>
  places ? !sessionIds && !beneficiaryIds : Boolean(sessionIds && beneficiaryIds);
const whichForm = { error: 'give either sessionIds and beneficiaryIds, or places', path: ['places'] };
const withinOneRequest = (request: WantedPlaces) => {
  const parties = partiesOf(request);
  const people = new Set(parties.flatMap(({ beneficiaryIds }) => beneficiaryIds));
  const count = parties.reduce((sum, { beneficiaryIds }) => sum + beneficiaryIds.length, 0);
  return count <= mostPlaces && parties.length <= mostSessions && people.size <= mostPeople;
};
const tooMany = {
  error: `at most ${mostPlaces} places in ${mostSessions} sessions for ${mostPeople} people in one request`,
  path: ['places'],
};
/** When a session is full: refuse, or put the party on its waitlist (one session a request). */
const ifFull = z.enum(['refuse', 'wait']).default('refuse');
const oneSessionToWait = (request: WantedPlaces & { ifFull: 'refuse' | 'wait' }) =>
  request.ifFull === 'refuse' || partiesOf(request).length === 1;
const onlyOne = { error: 'one waits for one session at a time', path: ['ifFull'] };
/** All places of the request are taken, or none. */
export const sessionBookingRequest = z
  .strictObject({ ...sessionBookingFields, ifFull })
  .refine(oneForm, whichForm)
  .refine(withinOneRequest, tooMany)
  .refine(oneSessionToWait, onlyOne);

/** Staff book for someone who is not in front of a screen; the reason is kept with actor and beneficiary. */
export const deskBookingRequest = z
  .strictObject({ ...sessionBookingFields, ifFull, reason: freeText(200) })
  .refine(oneForm, whichForm)
  .refine(withinOneRequest, tooMany)
  .refine(oneSessionToWait, onlyOne);

/** What a booking of sessions brought: bookings (maybe held), or a place on the waitlist. */
export const orderAnswer = z.object({
  orderId: orderId.optional(),
  bookings: z.array(booking),
  waiting: waiting.optional(),
});

/** How a booking of sessions can be refused beyond the question who may book. */
export const bookingProblems = [
  'not-found',
  'session-full',
  'session-closed',
  'in-allocation',
  'session-started',
  'already-booked',
  'person-busy',
  'age',
  'birth-date-missing',
  'district',
  'school',
  'prerequisite',
  'quota-exceeded',
  'pass-empty',
  'pass-expired',
  'pass-not-accepted',
  'fund-empty',
  'provider-not-whitelisted',
  'too-far-ahead',
  'order-released',
  'hold-expired',
  'already-waiting',
  'waitlist-full',
] as const;
