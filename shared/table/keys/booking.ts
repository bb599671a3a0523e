import { isoWeekOf } from '../../kernel/days.ts';
import { claimKey } from '../claim-key.ts';
import { type ClaimKey, type Key, partition } from './partition.ts';
import { centerOf, partsOfSessionId } from './session-id.ts';

/** Claims and what is derived from them: sheets, sessions, people’s days and bookings, orders, waitlists, counters, amounts. */
export const bookingKeys = {
  roomDay: (tenantId: string, roomId: string, date: string): ClaimKey =>
    claimKey({ pk: partition(tenantId, 'ROOMWEEK', centerOf(roomId), isoWeekOf(date)), sk: `${roomId}#${date}` }),
  roomWeek: (tenantId: string, centerId: string, week: string): string =>
    partition(tenantId, 'ROOMWEEK', centerId, week),
  session: (tenantId: string, sessionId: string): ClaimKey => {
    const { centerId, date } = partsOfSessionId(sessionId);
    return claimKey({ pk: partition(tenantId, 'SESSIONWEEK', centerId, isoWeekOf(date)), sk: `${date}#${sessionId}` });
  },
  sessionWeek: (tenantId: string, centerId: string, week: string): string =>
    partition(tenantId, 'SESSIONWEEK', centerId, week),
  agenda: (tenantId: string, personId: string): string => partition(tenantId, 'AGENDA', personId),
  agendaDay: (tenantId: string, personId: string, date: string): ClaimKey =>
    claimKey({ pk: partition(tenantId, 'AGENDA', personId), sk: `DAY#${date}` }),
  booking: (tenantId: string, personId: string, bookingId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `BOOKING#${bookingId}`,
  }),
  /** A place in the waitlist of a session, under who asked for it. */
  wait: (tenantId: string, personId: string, sessionId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `WAIT#${sessionId}`,
  }),
  counter: (tenantId: string, of: string, id: string): Key => ({ pk: partition(tenantId, 'COUNTER', of), sk: id }),
  counters: (tenantId: string, of: string): string => partition(tenantId, 'COUNTER', of),
  /** A movement of money for an order, or for a booking that has none. */
  amount: (tenantId: string, of: string, id: string): Key => ({ pk: partition(tenantId, 'AMOUNT', of), sk: id }),
  amounts: (tenantId: string, of: string): string => partition(tenantId, 'AMOUNT', of),
  /** That a person has attended an offering. */
  attended: (tenantId: string, personId: string, offeringId: string): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `DONE#${offeringId}`,
  }),
  /** A hold that waits for the approval of a center, listed by when its time is over. */
  approval: (tenantId: string, centerId: string, dueAtEpochSeconds: number, orderId: string): Key => ({
    pk: partition(tenantId, 'APPROVAL', centerId),
    sk: `${dueAtEpochSeconds}#${orderId}`,
  }),
  approvals: (tenantId: string, centerId: string): string => partition(tenantId, 'APPROVAL', centerId),
  /** Padded, so that decisions sort as they were made. */
  decision: (tenantId: string, sessionId: string, number: number): Key => ({
    pk: partition(tenantId, 'DECISION', sessionId),
    sk: String(number).padStart(8, '0'),
  }),
  decisions: (tenantId: string, sessionId: string): string => partition(tenantId, 'DECISION', sessionId),
  order: (tenantId: string, orderId: string): Key => ({ pk: partition(tenantId, 'ORDER', orderId), sk: 'ORDER' }),
} as const;
