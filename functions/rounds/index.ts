/** What other modules may use of rounds: the sample city opens some by the same door as everybody. */
export { apply, decideClaim } from './applications/commands.ts';
export { openRound } from './commands/opening.ts';
export { advance } from './commands/steps.ts';
export { readRound } from './store.ts';
