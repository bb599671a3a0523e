/** What other modules may use of sessions: staff book through the same door of the same engine. */
export { bookSessions } from './booking/commands.ts';
export { readAdmission } from './booking/queries/admission.ts';
export { wantedForAdmission } from './booking/queries/facts.ts';
export { readSessionsOfCenter } from './store.ts';
export { orderAnswerOf } from './waitlist/queries.ts';
