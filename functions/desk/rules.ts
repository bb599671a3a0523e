import type { Seat, SessionItem } from '../../shared/booking/items/session.ts';
import type { BookingId } from '../../shared/contracts/common.ts';
import { shortCodeOf } from '../../shared/contracts/ids.ts';
import { type CivilTime, clockTimeOf, minutesOf } from '../../shared/kernel/days.ts';
import { type Refusal, refuse } from '../../shared/kernel/refusal.ts';

/** Whoever is a little late is not missing yet. */
const LATE_MINUTES = 15;

/** Why this seat cannot be marked as missed: nobody has it, somebody came, or it is too early to say. */
export function whyNotMissed(
  { date, startsAt }: Pick<SessionItem, 'date' | 'startsAt'>,
  seat: Seat | undefined,
  civil: CivilTime,
): Refusal | undefined {
  if (!seat) return refuse('not-found');
  if (seat.checkedInAt) return refuse('already-checked-in');
  const from = minutesOf(startsAt) + LATE_MINUTES;
  const early = date > civil.date || (date === civil.date && civil.minutes < from);
  return early ? refuse('no-show-too-early', { date, from: clockTimeOf(from) }) : undefined;
}

/**
 * A code as typed or scanned, ready to compare: any case, spaces and hyphens left out, and the letters that booking ids do not have
 * read as the digits they are mistaken for (Crockford's base 32: O is 0, I and L are 1).
 */
export function readCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
}

/** Whether a read code names this booking: its whole id, or the six characters it ends with. */
export function codeNames(code: string, bookingId: BookingId): boolean {
  return code === bookingId.replace('-', '') || code === shortCodeOf(bookingId).toLowerCase();
}
