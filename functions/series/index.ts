/** What other modules may use of series: whoever lifts a closure says so. */
export { healAfterClosure } from './rebooking/commands.ts';
