/** What other modules may use of centers: its stored items, and when a center or a room is open. */
export {
  type CalendarYearItem,
  type CenterItem,
  calendarYearItem,
  centerItem,
  type OfferingItem,
  offeringItem,
  type RoomItem,
  roomItem,
  type WeeklyHours,
} from './items.ts';
export {
  type CenterOpening,
  openingFrom,
  openingKeys,
  type RoomOpening,
  roomOpeningFrom,
  roomOpeningKeys,
} from './opening/items.ts';
export { isOpenFor, type OpeningFacts, openingOf } from './opening/rules/hours.ts';
export { readCatalog, readCenters, readOpening } from './store.ts';
