import type * as z from 'zod';
import { may } from '../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustNotBeLimited } from '../../shared/access/authorize.ts';
import { readRowsBeside, rowFactFrom, rowFactKey } from '../../shared/booking/facts/bookings.ts';
import type { BookingRow } from '../../shared/booking/items/booking-row.ts';
import type { bookingsQuery } from '../../shared/contracts/bookings.ts';
import type { BookingId, PersonId } from '../../shared/contracts/common.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { CIVIL_ZONE, civilNow } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { openCursor, sealCursor } from '../../shared/table/cursors.ts';
import { calendarText, eventOfBooking } from '../calendars/index.ts';
import { readCenter } from '../centers/index.ts';
import { logReads, profileFactFrom, profileFactKey } from '../people/index.ts';
import { inOrderOfTime } from './rules.ts';

/** Bookings to a page: what lies ahead of a family is one page, what is past is turned over. */
const BOOKINGS_A_PAGE = { coming: 100, past: 20 } as const;

/** Oneself and everyone one may act for. */
const circleOf = (by: AuthorizedActor): string[] =>
  [by.actor.personId, ...Object.keys(by.access.actsFor)].filter((personId) =>
    may(by.ability, 'read', 'Person', { personId }),
  );

/**
 * Bookings of oneself and of all one may act for, a page at a time: from today on, the soonest first; or past ones, the latest first. One
 * call for the rights and one query a person. Refuses `invalid-cursor`.
 */
export async function listOwnBookings(
  context: RequestContext,
  { when, cursor, limit = BOOKINGS_A_PAGE[when] }: z.output<typeof bookingsQuery>,
): Promise<{ rows: BookingRow[]; nextCursor?: string }> {
  const { by } = await authorized(context);
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const isPast = when === 'past';
  const scope = `${when} ${by.tenantId} ${by.actor.personId}`;
  const edgeSk = (await openCursor(cursor, scope))?.sk ?? `BOOKING#${today.replaceAll('-', '')}`;
  const side = isPast ? 'before' : 'after';
  const found = await Promise.all(
    circleOf(by).map((personId) => readRowsBeside(by, personId, side, edgeSk, limit + 1)),
  );
  // Pages are cut by booking id (date, then hash): the order the table keeps them in, the same for every person.
  const byId = found.flat().sort((a, b) => (a.bookingId < b.bookingId === isPast ? 1 : -1));
  const page = byId.slice(0, limit);
  const last = page.at(-1);
  const more = byId.length > limit && last ? { pk: '', sk: `BOOKING#${last.bookingId}` } : undefined;
  const nextCursor = await sealCursor(more, scope);
  return { rows: inOrderOfTime(page, isPast), ...(nextCursor ? { nextCursor } : {}) };
}

/**
 * One booking with the name of whom it is for, for the person, who acts for them, or the staff of its center, whose look is logged
 * for the person to see. Refuses `no-authority`, `not-found`.
 */
export async function readOneBooking(
  context: RequestContext,
  personId: PersonId,
  bookingId: BookingId,
): Promise<{ by: AuthorizedActor; row: BookingRow; beneficiaryName: string | undefined }> {
  const { tenantId } = context;
  const { by, items } = await authorized(context, [
    rowFactKey(tenantId, personId, bookingId),
    profileFactKey(tenantId, personId),
  ]);
  const [row, profile] = [rowFactFrom(items[0]), profileFactFrom(items[1])];
  mustNotBeLimited(by, [personId]);
  if (!may(by.ability, 'read', 'Person', { personId })) {
    if (!row || !may(by.ability, 'staff', 'Desk', { centerId: row.centerId })) throw refuse('no-authority');
    await logReads(by, [personId], { as: 'center-staff', what: `slip ${row.centerId}` });
  }
  if (!row) throw refuse('not-found');
  return { by, row, beneficiaryName: profile?.name };
}

/** The booking as an iCalendar file. */
export async function writeBookingCalendar(
  context: RequestContext,
  personId: PersonId,
  bookingId: BookingId,
): Promise<string> {
  const { by, row } = await readOneBooking(context, personId, bookingId);
  const center = await readCenter(by, row.centerId);
  const { language } = context;
  return calendarText([eventOfBooking(by.tenantId, row, center, { language })], { language });
}
