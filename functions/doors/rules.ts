import { addDays, CIVIL_ZONE, civilNow, instantOf } from '../../shared/kernel/days.ts';

/** A code opens from so many minutes before the start of its booking to so many after the end. */
const MINUTES_BEFORE = 5;
const MINUTES_AFTER = 5;

/** Wrong codes that one door takes in one window: nobody tries out eight digits so. */
export const WRONG_CODES = 10;
export const WRONG_CODES_WINDOW_SECONDS = 5 * 60;

/** How long it is kept who came in when. */
export const ENTRIES_KEPT_SECONDS = 90 * 86_400;

export type Stretch = { readonly date: string; readonly startsAt: string; readonly endsAt: string };
export type Refused = 'not-yet' | 'over';

/** From when to when a booking's code opens its door, as instants. */
export function windowOf({ date, startsAt, endsAt }: Stretch): { opensAt: Date; closesAt: Date } {
  const at = (time: string, shiftMinutes: number) => new Date(instantOf(date, time).getTime() + shiftMinutes * 60_000);
  return { opensAt: at(startsAt, -MINUTES_BEFORE), closesAt: at(endsAt, MINUTES_AFTER) };
}

/** Why the code of a booking does not open now, `undefined` when it does. Both ends of its window belong to it. */
export function whyNotOpen(stretch: Stretch, now: Date): Refused | undefined {
  const { opensAt, closesAt } = windowOf(stretch);
  if (now < opensAt) return 'not-yet';
  return now > closesAt ? 'over' : undefined;
}

/** The civil dates whose bookings may open a door now: today, and around midnight the day beside it. */
export function datesNear(now: Date): string[] {
  const { date, minutes } = civilNow(now, CIVIL_ZONE);
  if (minutes <= MINUTES_AFTER) return [addDays(date, -1), date];
  return minutes >= 1_440 - MINUTES_BEFORE ? [date, addDays(date, 1)] : [date];
}

/** The fixed window of time that wrong codes are counted in: its start in epoch seconds, and the seconds left of it. */
export function countingWindow(nowEpochSeconds: number): { startsAt: number; secondsLeft: number } {
  const startsAt = Math.floor(nowEpochSeconds / WRONG_CODES_WINDOW_SECONDS) * WRONG_CODES_WINDOW_SECONDS;
  return { startsAt, secondsLeft: startsAt + WRONG_CODES_WINDOW_SECONDS - nowEpochSeconds };
}
