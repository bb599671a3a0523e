/** What other modules may use of rounds: whether one still gives places, and what the sample city opens some by, like everybody. */
export { apply, decideClaim } from './applications/commands.ts';
export { openRound } from './commands/opening.ts';
export { advance } from './commands/steps.ts';
export { isGivingPlaces, readRound } from './store.ts';
