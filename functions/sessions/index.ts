/** What other modules may use of sessions: staff book through the same door of the same engine. */
export { bookSessions } from './booking/commands.ts';
export { suitingOf } from './booking/queries/admission.ts';
export { wantedToSuit } from './booking/queries/facts.ts';
export { sessionsOfCenter } from './store.ts';
export { orderAnswerOf } from './waitlist/queries.ts';
