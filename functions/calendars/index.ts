/** What other modules may use of calendars: the one way a booking is written as a calendar entry. */
export { calendarText, eventOfBooking } from './rules/event.ts';
