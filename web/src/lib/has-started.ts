import { type CivilTime, minutesOf } from '../../../shared/kernel/days.ts';

/** True once a session or slot of that date and start can no longer be booked. */
export function hasStarted(now: CivilTime, date: string, startsAt: string): boolean {
  return date < now.date || (date === now.date && minutesOf(startsAt) <= now.minutes);
}
