import type { OpeningDay } from '../../../shared/contracts/centers.ts';
import type { CenterId, RoomId } from '../../../shared/contracts/common.ts';
import type { TenantId } from '../../../shared/contracts/id.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import type { RawItem } from '../../../shared/table/conditions.ts';
import { centerOf, type Key, keys } from '../../../shared/table/keys.ts';
import { parsedItem } from '../../../shared/table/read.ts';
import { type CalendarDay, type CenterItem, calendarYearItem, centerItem, type RoomItem, roomItem } from '../items.ts';
import { openingOf } from './rules/hours.ts';

/** A center and its calendar, as read: ask it about any date of the years that were read. */
export type CenterOpening = { readonly center: CenterItem; readonly on: (date: string) => OpeningDay };

export type RoomOpening = CenterOpening & { readonly room: RoomItem };

/** The items that say when a center is open between two dates: the center, and the tenant's calendar of each year touched. */
export function openingKeys(tenantId: TenantId, centerId: CenterId, from: string, to: string): Key[] {
  const first = Number(from.slice(0, 4));
  const last = Number(to.slice(0, 4));
  const years = Array.from({ length: Math.max(1, last - first + 1) }, (_, index) => String(first + index));
  return [keys.centers.center(tenantId, centerId), ...years.map((year) => keys.centers.calendarYear(tenantId, year))];
}

/** Makes sense of the items of {@link openingKeys}, in their order. Refuses `not-found` when there is no such center. */
export function openingFrom([own, ...years]: readonly (RawItem | undefined)[]): CenterOpening {
  if (!own) throw refuse('not-found');
  const center = parsedItem(centerItem, own);
  const overrides: Record<string, CalendarDay> = {};
  for (const year of years) if (year) Object.assign(overrides, parsedItem(calendarYearItem, year).days);
  return {
    center,
    on: (date) => openingOf({ weekly: center.weekly, exceptions: center.exceptions, overrides }, date),
  };
}

/**
 * The items that say what a room is and when it is open between two dates; at most four for any week, so they ride along with the
 * caller's own reads in one batch: `authorized(context, roomOpeningKeys(…))`, then {@link roomOpeningFrom}.
 */
export function roomOpeningKeys(tenantId: TenantId, roomId: RoomId, from: string, to: string): Key[] {
  return [keys.centers.room(tenantId, roomId), ...openingKeys(tenantId, centerOf(roomId), from, to)];
}

/** Makes sense of the items of {@link roomOpeningKeys}, in their order. Refuses `not-found` when there is no such room. */
export function roomOpeningFrom([own, ...opening]: readonly (RawItem | undefined)[]): RoomOpening {
  if (!own) throw refuse('not-found');
  return { room: parsedItem(roomItem, own), ...openingFrom(opening) };
}
