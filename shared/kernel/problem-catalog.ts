import { accessProblems } from './problems/access.ts';
import { allowancesProblems } from './problems/allowances.ts';
import { bookingProblems } from './problems/booking.ts';
import { deskProblems } from './problems/desk.ts';
import { doorsProblems } from './problems/doors.ts';
import { mergeProblems } from './problems/merge.ts';
import { ordersProblems } from './problems/orders.ts';
import { peopleProblems } from './problems/people.ts';
import { requestProblems } from './problems/request.ts';
import { roundsProblems } from './problems/rounds.ts';
import { seriesProblems } from './problems/series.ts';
import { systemProblems } from './problems/system.ts';
import { waiversProblems } from './problems/waivers.ts';

/**
 * Every way Linli says no: code → HTTP status and what a person reads. The code is the last part of the problem's `type` URI
 * and never changes; the texts say what is wrong and, where there is something to do, what to do.
 */
export const problemCatalog = mergeProblems(
  requestProblems,
  accessProblems,
  peopleProblems,
  bookingProblems,
  allowancesProblems,
  ordersProblems,
  deskProblems,
  doorsProblems,
  waiversProblems,
  roundsProblems,
  seriesProblems,
  systemProblems,
);

export type ProblemCode = keyof typeof problemCatalog;
