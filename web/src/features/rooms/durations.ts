import { clockTimeOf, minutesOf } from '../../../../shared/kernel/days.ts';

const QUARTER = 15;

/**
 * How long one could stay from `startsAt`, in minutes, every length on the quarter-hour: as long as each following quarter-hour is
 * free too, and no longer than the room allows.
 */
export function possibleDurations(freeStarts: readonly string[], startsAt: string, maxMinutes: number): number[] {
  const free = new Set(freeStarts);
  const durations: number[] = [];
  for (let at = minutesOf(startsAt); free.has(clockTimeOf(at)); at += QUARTER) {
    const length = at + QUARTER - minutesOf(startsAt);
    if (length > maxMinutes) break;
    durations.push(length);
  }
  return durations;
}

/** The end that belongs to a start and a length. */
export const endOf = (startsAt: string, minutes: number): string => clockTimeOf(minutesOf(startsAt) + minutes);
