/** What other modules may use of rounds: the sample city opens some by the same door as everybody. */
export { apply } from './applying.ts';
export { decideClaim, openRound } from './commands.ts';
export { advance } from './steps.ts';
export { roundById } from './store/rounds.ts';
