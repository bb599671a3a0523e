/** What other modules may use of centers: its stored items, and when a center or a room is open. */
export {
  type CalendarDay,
  type CalendarYearItem,
  type CenterItem,
  calendarYearItem,
  centerItem,
  type OfferingItem,
  offeringItem,
  openingException,
  type RoomItem,
  roomItem,
  type WeeklyHours,
} from './items.ts';
export { openingFrom, openingKeys, type RoomOpening, roomOpeningFrom, roomOpeningKeys } from './opening.ts';
export { isOpenFor, type OpenHours, type OpeningFacts, openingOf } from './rules.ts';
