/** What other modules may use of series: whoever lifts a closure says so. */
export { rebookAfterClosure } from './rebooking/commands.ts';
