import type { CenterId, OfferingId } from '../../../shared/contracts/common.ts';
import { daysBetween, minutesOf } from '../../../shared/kernel/days.ts';
import type { CaseItem } from '../cases/items.ts';
import type { Timed } from '../shutting/rules.ts';
import type { Found } from './items.ts';

/** Near in time: so many days before or after. */
export const NEAR_DAYS = 7;

/** Whoever is offered a place can still answer and go there. */
export const NOTICE_MINUTES = 60;

/** Numbers that say how far a place is from the lost one; compared from the left, the smallest is nearest. */
export type Distance = readonly number[];

export function compareDistance(a: Distance, b: Distance): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How many days ahead a place may be: what the city says, and never less than what was lost. */
export const reachDays = (daysAhead: number, today: string, lostDate: string): number =>
  Math.max(daysAhead, daysBetween(today, lostDate));

/** A session: the same day before another, the own center before one of the district, then the smaller shift. */
export function sessionDistance(lost: Timed & { centerId: CenterId }, found: Timed & { centerId: CenterId }): Distance {
  return [
    Math.abs(daysBetween(lost.date, found.date)),
    lost.centerId === found.centerId ? 0 : 1,
    Math.abs(minutesOf(lost.startsAt) - minutesOf(found.startsAt)),
  ];
}

/** Days to look at for a room, the nearest first. */
export const nearDays: readonly number[] = [
  0,
  ...Array.from({ length: NEAR_DAYS }, (_, index) => index + 1).flatMap((days) => [days, -days]),
];

/** Starts to try for a room: the same time on every near day, and on the day itself up to three hours earlier or later. */
const SHIFT_MINUTES = 180;

export function shiftsOf(onTheSameDay: boolean): number[] {
  if (!onTheSameDay) return [0];
  const steps = Array.from({ length: SHIFT_MINUTES / 15 }, (_, index) => (index + 1) * 15);
  return [0, ...steps.flatMap((minutes) => [minutes, -minutes])];
}

/** What names a place among those that were tried. */
export const nameOfPlace = ({
  sessionId,
  roomId,
  date,
  startsAt,
}: Pick<Found, 'sessionId' | 'roomId' | 'date' | 'startsAt'>): string => sessionId ?? `${roomId} ${date} ${startsAt}`;

/** What one of the party pays in the found place. */
export const priceFor = ({ priceFen }: Pick<CaseItem, 'priceFen'>, found: Found): number =>
  Math.min(priceFen, found.priceFen);

/** Whether the center itself provides a service or an operator does. */
export const kindOfProvider = (providerId: string): string => (providerId === 'center' ? 'center' : 'operator');

/** The name of a service within its center and provider, the same in other centers. */
export const slugOf = (offeringId: OfferingId): string => offeringId.slice(offeringId.lastIndexOf('.') + 1);
