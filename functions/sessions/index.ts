/** What other modules may use of sessions: staff book through the same door of the same engine. */
export { wantedToSuit } from './booking-facts.ts';
export { bookSessions } from './commands.ts';
export { sessionsOfCenter } from './store.ts';
export { suitingOf } from './suiting.ts';
export { orderAnswerOf } from './waiting.ts';
