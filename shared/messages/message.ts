import * as z from 'zod';
import { clockTime, isoDate, personId } from '../contracts/common.ts';

/**
 * A message that leaves the system. `messageId` names it for good (made from what it is about), so that a message handed over twice
 * is sent once. Most go to a person, whose number is looked up when it is sent; only a sign-in code goes to a bare number.
 */
const common = {
  tenantId: z.string(),
  messageId: z.string().min(1).max(100),
  language: z.enum(['zh', 'en']),
};

/** What a confirmation says of a booking; texts in the message's language. */
const booking = z.strictObject({
  beneficiaryName: z.string(),
  /** The offering or the room. */
  title: z.string(),
  centerName: z.string(),
  date: isoDate,
  startsAt: clockTime,
  shortCode: z.string(),
  /** Until when it is held, by the civil clock. */
  until: z.string().optional(),
});

/** What a closure has called off: for whom, and why. */
const called = z.strictObject({
  beneficiaryNames: z.array(z.string()).min(1),
  title: z.string(),
  date: isoDate,
  startsAt: clockTime,
  reason: z.string(),
});
/** A booking, or those of one party, that a closure has ended. */
const closed = called.extend({ refundFen: z.int() });
/** The place that is kept instead, and until when, by the civil clock. */
const place = z.strictObject({
  centerName: z.string(),
  title: z.string(),
  date: isoDate,
  startsAt: clockTime,
  until: z.string(),
});

/** Several places of one order, in one message: booked, offered, run out or given up together. */
const order = z.strictObject({
  /** Everybody it is for. */
  beneficiaryNames: z.array(z.string()).min(1),
  count: z.int(),
  /** What is booked, each once, in the order of time. */
  titles: z.array(z.string()).min(1),
  date: isoDate,
  startsAt: clockTime,
  totalFen: z.int(),
  /** Until when they are held, by the civil clock. */
  until: z.string().optional(),
});

/** What a draw gave a family: places by session, and who has none. */
const round = z.strictObject({
  title: z.string(),
  places: z.array(
    z.strictObject({
      names: z.array(z.string()).min(1),
      title: z.string(),
      centerName: z.string(),
      date: isoDate,
      startsAt: clockTime,
    }),
  ),
  without: z.array(z.string()),
});

export const message = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('sign-in-code'),
    ...common,
    /** E.164. */
    phone: z.string(),
    code: z.string(),
    minutes: z.int(),
  }),
  z.strictObject({ kind: z.literal('booking-confirmed'), ...common, personId, booking }),
  z.strictObject({ kind: z.literal('booking-canceled'), ...common, personId, booking }),
  z.strictObject({
    kind: z.literal('booking-refunded'),
    ...common,
    personId,
    booking,
    refundFen: z.int(),
    keptFen: z.int(),
  }),
  z.strictObject({ kind: z.literal('order-confirmed'), ...common, personId, order }),
  z.strictObject({ kind: z.literal('order-canceled'), ...common, personId, order }),
  z.strictObject({ kind: z.literal('order-lapsed'), ...common, personId, order }),
  z.strictObject({ kind: z.literal('order-offered'), ...common, personId, order }),
  z.strictObject({ kind: z.literal('booking-lapsed'), ...common, personId, booking }),
  z.strictObject({ kind: z.literal('place-offered'), ...common, personId, booking }),
  z.strictObject({ kind: z.literal('closure-offered'), ...common, personId, closed, place }),
  /** To one of a party for whom there was no place together. */
  z.strictObject({ kind: z.literal('closure-offered-apart'), ...common, personId, closed, place }),
  z.strictObject({ kind: z.literal('closure-refunded'), ...common, personId, closed }),
  /** The result of a draw: all of the family have places, some, or none. */
  z.strictObject({
    kind: z.enum(['round-placed', 'round-partly-placed', 'round-unplaced']),
    ...common,
    personId,
    round,
  }),
  z.strictObject({ kind: z.literal('closure-line-ended'), ...common, personId, called }),
  z.strictObject({
    kind: z.literal('invitation-received'),
    ...common,
    personId,
    /** Masked: what people call themselves is theirs to choose, and this goes to numbers that never asked for it. */
    inviterName: z.string(),
    days: z.int(),
  }),
]);
export type Message = z.infer<typeof message>;
