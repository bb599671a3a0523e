/** What other modules may use of rounds: the sample city opens some by the same door as everybody. */
export { apply } from './applications/commands.ts';
export { decideClaim, openRound } from './commands/opening.ts';
export { advance } from './commands/steps.ts';
export { roundById } from './store.ts';
