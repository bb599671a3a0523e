import type { BookingId, CenterId, OfferingId, OrderId, PersonId, RoomId, SessionId } from '../../contracts/common.ts';
import type { TenantId } from '../../contracts/id.ts';
import { isoWeekOf } from '../../kernel/days.ts';
import { claimKey } from '../claim-key.ts';
import { type ClaimKey, type Key, partition } from './partition.ts';
import { centerOf, partsOfSessionId } from './session-id.ts';

/** Claims and what is derived from them: sheets, sessions, people’s days and bookings, orders, waitlists, counters, amounts. */
export const bookingKeys = {
  roomDay: (tenantId: TenantId, roomId: RoomId, date: string): ClaimKey =>
    claimKey({ pk: partition(tenantId, 'ROOMWEEK', centerOf(roomId), isoWeekOf(date)), sk: `${roomId}#${date}` }),
  roomWeek: (tenantId: TenantId, centerId: CenterId, week: string): string =>
    partition(tenantId, 'ROOMWEEK', centerId, week),
  session: (tenantId: TenantId, sessionId: SessionId): ClaimKey => {
    const { centerId, date } = partsOfSessionId(sessionId);
    return claimKey({ pk: partition(tenantId, 'SESSIONWEEK', centerId, isoWeekOf(date)), sk: `${date}#${sessionId}` });
  },
  sessionWeek: (tenantId: TenantId, centerId: CenterId, week: string): string =>
    partition(tenantId, 'SESSIONWEEK', centerId, week),
  agenda: (tenantId: TenantId, personId: PersonId): string => partition(tenantId, 'AGENDA', personId),
  agendaDay: (tenantId: TenantId, personId: PersonId, date: string): ClaimKey =>
    claimKey({ pk: partition(tenantId, 'AGENDA', personId), sk: `DAY#${date}` }),
  booking: (tenantId: TenantId, personId: PersonId, bookingId: BookingId): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `BOOKING#${bookingId}`,
  }),
  /** A place in the waitlist of a session, under who asked for it. */
  wait: (tenantId: TenantId, personId: PersonId, sessionId: SessionId): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `WAIT#${sessionId}`,
  }),
  counter: (tenantId: TenantId, of: string, id: string): Key => ({ pk: partition(tenantId, 'COUNTER', of), sk: id }),
  counters: (tenantId: TenantId, of: string): string => partition(tenantId, 'COUNTER', of),
  /** A movement of money for an order, or for a booking that has none. */
  amount: (tenantId: TenantId, of: string, id: string): Key => ({ pk: partition(tenantId, 'AMOUNT', of), sk: id }),
  amounts: (tenantId: TenantId, of: string): string => partition(tenantId, 'AMOUNT', of),
  /** That a person has attended an offering. */
  attended: (tenantId: TenantId, personId: PersonId, offeringId: OfferingId): Key => ({
    pk: partition(tenantId, 'AGENDA', personId),
    sk: `DONE#${offeringId}`,
  }),
  /** A hold that waits for the approval of a center, listed by when its time is over. */
  approval: (tenantId: TenantId, centerId: CenterId, dueAtEpochSeconds: number, orderId: OrderId): Key => ({
    pk: partition(tenantId, 'APPROVAL', centerId),
    sk: `${dueAtEpochSeconds}#${orderId}`,
  }),
  approvals: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'APPROVAL', centerId),
  /** Padded, so that decisions sort as they were made. */
  decision: (tenantId: TenantId, sessionId: SessionId, number: number): Key => ({
    pk: partition(tenantId, 'DECISION', sessionId),
    sk: String(number).padStart(8, '0'),
  }),
  decisions: (tenantId: TenantId, sessionId: SessionId): string => partition(tenantId, 'DECISION', sessionId),
  /** What the audit of a center has seen of a session, or of the sheet of a resource. */
  audited: (tenantId: TenantId, centerId: CenterId, date: string, id: SessionId | RoomId): Key => ({
    pk: partition(tenantId, 'AUDIT', centerId),
    sk: `${date}#${id}`,
  }),
  allAudited: (tenantId: TenantId, centerId: CenterId): string => partition(tenantId, 'AUDIT', centerId),
  /** Who stands behind the numbers of a block of a session's line. */
  waitlistBlock: (tenantId: TenantId, sessionId: SessionId, block: number): Key => ({
    pk: partition(tenantId, 'WAITLIST', sessionId),
    sk: String(block).padStart(6, '0'),
  }),
  order: (tenantId: TenantId, orderId: OrderId): Key => ({ pk: partition(tenantId, 'ORDER', orderId), sk: 'ORDER' }),
} as const;
