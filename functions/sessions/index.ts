/** What other modules may use of sessions: staff book through the same door of the same engine. */
export { refusalOfAge } from '../../shared/booking/eligibility.ts';
export { bookingProblems, bookSessions } from './commands.ts';
export { sessionsOfCenter } from './store.ts';
export { orderAnswerOf } from './waiting.ts';
