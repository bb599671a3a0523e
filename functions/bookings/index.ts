/** What other modules may use of bookings: canceling one, by the same rules and for the same amounts as by hand. */
export { cancelBooking } from './commands.ts';
