/** What other modules may use of rooms: booking one of a series, trying it out, moving it, and what a free time is found by. */
export { book, tryOut } from './commands.ts';
export { moveSameDay, tryOutMove } from './moves/commands.ts';
export {
  bufferQuartersOf,
  priceOf,
  type RoomRequest,
  whyNotBookable,
  whyNotFree,
} from './rules.ts';
export { readRoomBookings, readSheets } from './store.ts';
