import * as z from 'zod';
import { fundingModes, openHours } from './centers.ts';
import {
  bookingId,
  centerId,
  clockTime,
  cursor,
  fen,
  freeText,
  instant,
  isoDate,
  localized,
  offeringId,
  operatorId,
  orderId,
  personId,
  roomId,
  service,
  sessionId,
} from './common.ts';
import { paidWith, payWith } from './passes.ts';
import { cancellationTier } from './policy.ts';

/* rooms */

export const availabilityQuery = z.strictObject({
  from: isoDate,
  days: z.coerce.number().int().min(1).max(7).default(7),
  /** What kind of use, when its buffers are to count instead of the room's own. */
  offeringId: offeringId.optional(),
});

/** A room's day as one sees it before booking: open hours, and each stretch that is free or not. */
export const roomDay = z.object({
  date: isoDate,
  hours: z.array(openHours),
  reason: z.enum(['regular', 'holiday', 'workday', 'exception']),
  /** Start times on the quarter-hour at which at least the shortest booking (15 minutes) fits, buffers included. */
  freeStarts: z.array(clockTime),
  busy: z.array(z.object({ startsAt: clockTime, endsAt: clockTime })),
});
export const availabilityAnswer = z.object({ roomId, days: z.array(roomDay) });
export type RoomDay = z.infer<typeof roomDay>;

export const roomBookingRequest = z.strictObject({
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  /** For whom; oneself when left out. */
  beneficiaryId: personId.optional(),
  purpose: freeText(100),
  /** What kind of use: an offering of the center whose rules (buffers, approval, payment) count instead of the room's own. */
  offeringId: offeringId.optional(),
  /** Equipment, a teacher, a vehicle of the same center that come with the room: all of them, or nothing is booked. */
  with: z
    .array(roomId)
    .max(5)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'must not repeat' })
    .default([]),
  /** The organization that it is for, booked by its staff: it counts against what organizations may use. */
  organizationId: operatorId.optional(),
  /** The price that was shown: another one is refused, and nothing is taken. */
  priceFen: fen.min(0).optional(),
});

/* sessions */

export const sessionQuery = z.strictObject({
  from: isoDate,
  days: z.coerce.number().int().min(1).max(14).default(7),
  service: service.optional(),
});

export const session = z.object({
  sessionId,
  offeringId,
  centerId,
  providerId: z.string(),
  providerName: localized,
  service,
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  capacity: z.int(),
  /** For somebody who comes now: none while others wait. */
  placesLeft: z.int(),
  /** Parties on the waitlist. */
  waiting: z.int(),
  /** `allocating`: its places are given in a round of wishes and a draw; what is left is then `open`. */
  status: z.enum(['open', 'closed', 'allocating']),
  /** The round that gives its places, while it is `allocating`. */
  roundId: z.string().optional(),
  minAgeYears: z.int().optional(),
  maxAgeYears: z.int().optional(),
  residentPriceFen: fen,
  grossPriceFen: fen,
  fundingMode: z.enum(fundingModes),
  roomId: roomId.optional(),
  /** Who or what else it takes: a teacher, a clinician, equipment of the center, each with a day of its own. */
  with: z.array(roomId).optional(),
});
export type Session = z.infer<typeof session>;
export const sessionsAnswer = z.object({ sessions: z.array(session) });

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

/* bookings */

export const bookingStates = [
  'held',
  'booked',
  'checked-in',
  'checked-out',
  'no-show',
  'excused',
  'canceled',
  'lapsed',
] as const;

/** What a held place waits for: a payment, the center's approval, or the answer to an offer from the waitlist. */
export const heldFor = z.enum(['payment', 'approval', 'offer']);

export const booking = z.object({
  bookingId,
  orderId: orderId.optional(),
  kind: z.enum(['room', 'session']),
  state: z.enum(bookingStates),
  beneficiaryId: personId,
  beneficiaryName: z.string().optional(),
  actorId: personId,
  /** True when staff booked it on the beneficiary's behalf. */
  byStaff: z.boolean(),
  /** Why staff booked it, as they wrote it. */
  reason: z.string().optional(),
  centerId,
  title: localized,
  roomId: roomId.optional(),
  sessionId: sessionId.optional(),
  service: service.optional(),
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  residentPriceFen: fen,
  /** What has paid for it, beside what the resident pays. */
  paidWith: paidWith.optional(),
  /** Of a room under a fair-use rule: hours within the allowance, and hours beyond it that are paid for. */
  freeHours: z.number().optional(),
  pricedHours: z.number().optional(),
  /** The organization that it is for. */
  organizationId: operatorId.optional(),
  /** Six characters that staff read or scan at check-in. */
  shortCode: z.string(),
  purpose: z.string().optional(),
  createdAt: instant,
  canceledAt: instant.optional(),
  /** The allocation round whose draw gave it. */
  roundId: z.string().optional(),
  /** The series that it is an occurrence of, and which one: the date and time that the series' rule gave it, wherever it has been moved. */
  seriesId: z.string().optional(),
  recurrence: z.object({ date: isoDate, startsAt: clockTime }).optional(),
  /** How often it has been changed (moved), and when last; a cancellation is told by `canceledAt`. */
  sequence: z.int().optional(),
  changedAt: instant.optional(),
  /** Why it ended: `resident`, `staff`, `closure`, or the code of a refusal. */
  because: z.string().optional(),
  endedBy: personId.optional(),
  /** Kept and given back when it was canceled, in fen. */
  keptFen: fen.optional(),
  refundFen: fen.optional(),
  /** Percent kept of what a pass or a fund paid: then the unit of a pass does not come back, and of a fund the rest. */
  keptPercent: z.int().optional(),
  /** What is kept of the price when it is canceled late, as agreed when it was booked. */
  cancellation: z.array(cancellationTier).optional(),
  heldFor: heldFor.optional(),
  heldUntil: instant.optional(),
  offeringId: offeringId.optional(),
  /** Further resources that come with a room. */
  with: z.array(roomId).optional(),
});
export type Booking = z.infer<typeof booking>;

export const bookingAnswer = z.object({ booking });
/** A party on the waitlist of a session. `position` 1 is next; `number` is what the session gave out when it joined. */
export const waiting = z.object({
  sessionId,
  /** Who is asked for all of them. */
  personId,
  party: z.array(personId),
  number: z.int().optional(),
  position: z.int(),
  /** Parties in line, and how many places were freed before in comparable sessions: what the odds are told from. */
  inLine: z.int(),
  odds: z.enum(['good', 'fair', 'slim', 'unknown']),
  /** What is to pay for the place when it is offered. */
  payWith: payWith.optional(),
  session: session.optional(),
});
export type Waiting = z.infer<typeof waiting>;
export const waitingAnswer = z.object({ waiting: z.array(waiting) });

/** What a booking of sessions brought: bookings (maybe held), or a place on the waitlist. */
export const orderAnswer = z.object({
  orderId: orderId.optional(),
  bookings: z.array(booking),
  waiting: waiting.optional(),
});

/** An order as those see it who may act for somebody in it, or work at its center. */
export const order = z.object({
  orderId,
  status: z.enum(['claiming', 'held', 'booked', 'released']),
  heldFor: heldFor.optional(),
  heldUntil: instant.optional(),
  because: z.string().optional(),
  /** Of an offer: what is to pay for it, as said when joining the line. */
  payWith: payWith.optional(),
  /** Its places are offered in the stead of what a closure has ended. */
  inStead: z.literal(true).optional(),
  /** What the resident pays for all of it, in fen. */
  totalFen: fen,
  bookings: z.array(booking),
});
export type OrderView = z.infer<typeof order>;
export const orderViewAnswer = z.object({ order });
export const ordersAnswer = z.object({ orders: z.array(order) });
/**
 * For a payment: the very amount that was shown; anything else is refused, and nothing is taken. For an offer: the pass or fund that pays for
 * it; `null` for money, although one was named when joining the line, which pays when it is left out.
 */
export const orderConfirm = z.strictObject({ amountFen: fen.optional(), payWith: payWith.nullable().optional() });

/** A decision of a waitlist as everybody in it may see it; `personId` for the center's staff only. */
export const waitDecisionView = z.object({
  number: z.int(),
  at: instant,
  free: z.int(),
  what: z.enum(['offered', 'dropped']),
  why: z.string().optional(),
  size: z.int(),
  personId: personId.optional(),
  skipped: z.array(z.object({ size: z.int(), why: z.string(), personId: personId.optional() })),
});
export const waitDecisionsAnswer = z.object({ decisions: z.array(waitDecisionView) });
export const bookingsQuery = z.strictObject({
  when: z.enum(['coming', 'past']).default('coming'),
  cursor: cursor.optional(),
});
export const bookingsAnswer = z.object({ bookings: z.array(booking), nextCursor: z.string().optional() });

/* the staff desk */

export const boardQuery = z.strictObject({ date: isoDate });

export const boardSeat = z.object({
  bookingId,
  personId,
  name: z.string(),
  ageYears: z.int().optional(),
  state: z.enum(['booked', 'checked-in', 'checked-out', 'no-show', 'excused']),
  shortCode: z.string(),
  byStaff: z.boolean(),
  checkedInAt: instant.optional(),
  checkedOutAt: instant.optional(),
});
export type BoardSeat = z.infer<typeof boardSeat>;

export const boardSession = session.extend({ seats: z.array(boardSeat) });
export const boardRoomBooking = z.object({
  bookingId,
  roomId,
  roomName: localized,
  startsAt: clockTime,
  endsAt: clockTime,
  personId,
  name: z.string(),
  purpose: z.string().optional(),
  shortCode: z.string(),
});
export const boardAnswer = z.object({
  centerId,
  date: isoDate,
  sessions: z.array(boardSession),
  roomBookings: z.array(boardRoomBooking),
});
export type Board = z.infer<typeof boardAnswer>;

export const attendanceChange = z.strictObject({
  sessionId,
  personId,
  /** `no-show`: did not come, from a quarter of an hour after the start on; a late check-in turns it back. */
  to: z.enum(['checked-in', 'checked-out', 'no-show']),
});
export const attendanceByCode = z.strictObject({
  /** The six characters, or the whole booking id from the QR code. */
  code: z.string().trim().min(6).max(40),
  to: z.enum(['checked-in', 'checked-out']).default('checked-in'),
});
export const attendanceAnswer = z.object({ session: session, seat: boardSeat });

/** Staff book for someone who is not in front of a screen; the reason is kept with actor and beneficiary. */
export const deskBookingRequest = z
  .strictObject({ ...sessionBookingFields, ifFull, reason: freeText(200) })
  .refine(oneForm, whichForm)
  .refine(withinOneRequest, tooMany)
  .refine(oneSessionToWait, onlyOne);

/* operators */

export const operatorSummary = z.object({
  operatorId: z.string(),
  name: localized,
  services: z.array(service),
  sample: z.boolean(),
});
export const whitelistEntry = z.object({
  operatorId: z.string(),
  centerId,
  services: z.array(service),
  priceCeilingFen: fen.optional(),
  validFrom: isoDate,
  validUntil: isoDate,
  status: z.enum(['active', 'suspended', 'removed']),
  since: isoDate,
});
export type WhitelistEntry = z.infer<typeof whitelistEntry>;
export const operatorsAnswer = z.object({ operators: z.array(operatorSummary) });
export const operatorAnswer = z.object({ operator: operatorSummary, whitelist: z.array(whitelistEntry) });
export const operatorSessionsAnswer = z.object({ sessions: z.array(session.extend({ taken: z.int() })) });
export const rosterAnswer = z.object({ session, seats: z.array(boardSeat) });
