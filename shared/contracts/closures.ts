import * as z from 'zod';
import { daysBetween } from '../kernel/days.ts';
import {
  bookingId,
  centerId,
  clockTime,
  fen,
  freeText,
  instant,
  isoDate,
  localized,
  personId,
  roomId,
  sessionId,
} from './common.ts';
import { id } from './id.ts';

export const closureId = id<'Closure'>(z.string().regex(/^x[0-9a-z]{16}$/));
export type ClosureId = z.infer<typeof closureId>;

/** A center that shuts for longer than this does so in several closures. */
export const CLOSURE_DAYS_MOST = 31;

const resourceClosed = z.strictObject({
  kind: z.literal('resource'),
  /** A room, a projector, a teacher, a clinician: whatever has a day sheet. */
  roomId,
  from: isoDate,
  to: isoDate,
  /** On each of these days only between these times; all day when left out. */
  startsAt: clockTime.optional(),
  endsAt: clockTime.optional(),
});
const dayClosed = z.strictObject({ kind: z.literal('day'), from: isoDate, to: isoDate });
const sessionClosed = z.strictObject({ kind: z.literal('session'), sessionId });

/** What is closed. */
export const closureScope = z
  .discriminatedUnion('kind', [resourceClosed, dayClosed, sessionClosed])
  .refine((what) => what.kind === 'session' || (what.to >= what.from && isShort(what)), {
    path: ['to'],
    error: `must not be before "from", nor ${CLOSURE_DAYS_MOST} days or more after it`,
  })
  .refine((what) => what.kind !== 'resource' || (what.startsAt ?? '00:00') < (what.endsAt ?? '24:00'), {
    path: ['endsAt'],
    error: 'must be after "startsAt"',
  });
export type ClosureScope = z.infer<typeof closureScope>;

const isShort = ({ from, to }: { from: string; to: string }) => daysBetween(from, to) < CLOSURE_DAYS_MOST;

export const closurePreviewRequest = z.strictObject({ what: closureScope });

/** What to shut, and why. */
export const closureRequest = z.strictObject({
  what: closureScope,
  /** Shown to everybody affected. */
  reason: z.strictObject({ zh: freeText(100), en: freeText(100).optional() }),
  /** How long an offered place is kept for an answer; never past its own start. */
  answerWithinHours: z.int().min(1).max(336).default(48),
});
export type ClosureRequest = z.input<typeof closureRequest>;

/** Where and when somebody could go instead: a place of the same kind. */
export const closurePlace = z.object({
  kind: z.enum(['room', 'session']),
  roomId: roomId.optional(),
  sessionId: sessionId.optional(),
  centerId,
  centerName: localized,
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  /** What the resident would pay there: never more than for what is lost. */
  priceFen: fen,
});
export type ClosurePlace = z.infer<typeof closurePlace>;

const lostBooking = z.object({
  bookingId,
  personId,
  name: z.string(),
  kind: z.enum(['room', 'session']),
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
  priceFen: fen,
  /** How many of one order lose this session together, where they are several: a place is looked for that has room for all of them. */
  party: z.int().optional(),
  /** No place had: each of them is looked after by themselves. */
  apart: z.boolean().optional(),
});

/** A party that waits for a session that cannot take place. It is told so, and no longer waits; nothing is offered in its stead. */
const lostWait = z.object({
  /** Who is asked for all of them. */
  personId,
  names: z.array(z.string()),
  title: localized,
  date: isoDate,
  startsAt: clockTime,
  endsAt: clockTime,
});

/** For how many of those affected a preview looks for a place; a longer one is no help to anybody who must decide. */
export const PREVIEWED_MOST = 200;

/**
 * Who would be affected, and what each would get as things stand: a place to go to instead, or the price back. Those beyond the first
 * {@link PREVIEWED_MOST} are counted as `further`: affected = offers + refunds + further. Parties in line are counted by themselves
 * (`inLine`), and the first as many are named.
 */
export const closurePreview = z.object({
  affected: z.array(lostBooking.extend({ place: closurePlace.optional() })),
  line: z.array(lostWait),
  totals: z.object({
    affected: z.int(),
    offers: z.int(),
    refunds: z.int(),
    further: z.int(),
    refundFen: fen,
    inLine: z.int(),
  }),
});
export type ClosurePreview = z.infer<typeof closurePreview>;

/**
 * `open`: being shut · `listing`: who is affected is being found out · `disposing`: each gets an offer or a refund · `done`: everybody has ·
 * `lifted`: open again, people who were moved stay moved.
 */
export const closureStatuses = ['open', 'listing', 'disposing', 'done', 'lifted'] as const;

/** A room, days or a session that is shut, and how far those affected are looked after. */
export const closure = z.object({
  closureId,
  centerId,
  what: closureScope,
  /** The name of the room or session; of the center, for whole days. */
  title: localized,
  reason: localized,
  status: z.enum(closureStatuses),
  answerWithinHours: z.int(),
  affected: z.int(),
  /** Parties that waited for what is shut. */
  inLine: z.int(),
  closedAt: instant,
  liftedAt: instant.optional(),
});
export type Closure = z.infer<typeof closure>;

/**
 * What became of one affected booking: `waiting` for its turn; `offered` another place, kept until answered; `moved`: accepted; back with the
 * full price: `declined`, `lapsed` (no answer), `none` (there was no equal place); `kept`: it takes place after all; `ended` otherwise: by
 * the resident, or by another closure.
 */
export const closureOutcomes = ['waiting', 'offered', 'moved', 'declined', 'lapsed', 'none', 'kept', 'ended'] as const;
export type ClosureOutcome = (typeof closureOutcomes)[number];

/** What became of one booking that a closure took. */
export const closureRow = lostBooking.extend({
  outcome: z.enum(closureOutcomes),
  offer: closurePlace.extend({ until: instant }).optional(),
  refundFen: fen,
  told: z.boolean(),
  /** Whoever is to be told has no phone on record: somebody must call on them. */
  noPhone: z.boolean(),
});
export type ClosureRow = z.infer<typeof closureRow>;

/**
 * What became of a party in line: `waiting` for its turn; `ended`: it no longer waits, and is told so; `kept`: it waits on, because the
 * closure was lifted before; `left` by itself before, or ended by another closure.
 */
export const closureWaitOutcomes = ['waiting', 'ended', 'kept', 'left'] as const;

/** What became of one party that waited for what a closure shut. */
export const closureWaitRow = lostWait.extend({
  outcome: z.enum(closureWaitOutcomes),
  told: z.boolean(),
  noPhone: z.boolean(),
});
export type ClosureWaitRow = z.infer<typeof closureWaitRow>;

/** Adds up: inLine = waiting + ended + kept + left. */
export const closureWaitTotals = z.object({
  inLine: z.int(),
  waiting: z.int(),
  ended: z.int(),
  kept: z.int(),
  left: z.int(),
});
export type ClosureWaitTotals = z.infer<typeof closureWaitTotals>;

/** Adds up: affected = waiting + offered + moved + refunded + kept + ended. */
export const closureTotals = z.object({
  affected: z.int(),
  waiting: z.int(),
  offered: z.int(),
  moved: z.int(),
  refunded: z.int(),
  kept: z.int(),
  ended: z.int(),
  refundFen: fen,
});
export type ClosureTotals = z.infer<typeof closureTotals>;

export const closureAnswer = z.object({ closure });
export const closuresAnswer = z.object({ closures: z.array(closure) });
/** A closure with what became of everybody affected. */
export const closureReport = z.object({
  closure,
  totals: closureTotals,
  rows: z.array(closureRow),
  lineTotals: closureWaitTotals,
  line: z.array(closureWaitRow),
});
export type ClosureReport = z.infer<typeof closureReport>;
