/** What other modules may use of sessions: staff book through the same door of the same engine. */

export type { SessionBooking } from './booking-facts.ts';
export { type Booked, bookSessions, type OnBehalf } from './commands.ts';
