/** What other modules may use of centers: what its stored items say, when a center or a room is open, and to shut a day of one. */
export {
  centerFactFrom,
  centerFactKey,
  offeringFactFrom,
  offeringFactKey,
  readCenter,
  readCentersById,
  readOffering,
  readOfferingsById,
  readRoom,
  readRoomsById,
  roomFactFrom,
  roomFactKey,
} from './facts.ts';
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
export { reopenCenter, shutCenter } from './opening/store.ts';
export { readCatalog, readCenters, readOpening, readRooms, setWaiversAsked } from './store.ts';
