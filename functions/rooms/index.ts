/** What other modules may use of rooms. */
export { readRoomBookings } from './store.ts';
