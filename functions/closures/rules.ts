import type { Order } from '../../shared/booking/items/order.ts';
import type {
  ClosureLineRow,
  ClosureLineTotals,
  ClosureOutcome,
  ClosureRow,
  ClosureScope,
  ClosureTotals,
} from '../../shared/contracts/closures.ts';
import { datesBetween, daysBetween, minutesOf, quartersBetween } from '../../shared/kernel/days.ts';
import type { CaseItem, LineItem } from './items.ts';

/* what a closure shuts */

/** Every id of a center's things begins with it. */
const isOf = (centerId: string, id: string): boolean => id.startsWith(`${centerId}.`);

/** The dates of a closure, in order; that of a session is in its name. */
export function datesOf(what: ClosureScope): string[] {
  if (what.kind !== 'session') return datesBetween(what.from, what.to);
  return [what.sessionId.replace(/^.*\.(\d{4})(\d{2})(\d{2})t\d{4}$/, '$1-$2-$3')];
}

/** Between which times of each day. */
export function hoursOf(what: ClosureScope): { startsAt: string; endsAt: string } {
  if (what.kind !== 'resource') return { startsAt: '00:00', endsAt: '24:00' };
  return { startsAt: what.startsAt ?? '00:00', endsAt: what.endsAt ?? '24:00' };
}

/** The quarter-hours that a closure shuts on the sheet of one resource on one date; none where it shuts nothing. */
export function quartersShut(what: ClosureScope, centerId: string, resourceId: string, date: string): number[] {
  if (what.kind === 'session' || date < what.from || date > what.to) return [];
  if (what.kind === 'resource' ? what.roomId !== resourceId : !isOf(centerId, resourceId)) return [];
  const { startsAt, endsAt } = hoursOf(what);
  return quartersBetween(startsAt, endsAt);
}

type Timed = { readonly date: string; readonly startsAt: string; readonly endsAt: string };

export const overlap = (a: Omit<Timed, 'date'>, b: Omit<Timed, 'date'>): boolean =>
  a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** Whether a session cannot take place: it is the one, its center is shut that day, or what it uses is shut at its time. */
export function shutsSession(
  what: ClosureScope,
  centerId: string,
  session: Timed & {
    readonly sessionId: string;
    readonly roomId?: string | undefined;
    readonly with?: readonly string[] | undefined;
  },
  usesIt: boolean,
): boolean {
  if (what.kind === 'session') return session.sessionId === what.sessionId;
  if (!isOf(centerId, session.sessionId) || session.date < what.from || session.date > what.to) return false;
  if (what.kind === 'day') return true;
  const takesIt = usesIt || session.roomId === what.roomId || (session.with ?? []).includes(what.roomId);
  return takesIt && overlap(session, hoursOf(what));
}

/* who is looked after together */

/**
 * Cases as parties, in the order of the first of each: several people of one order in one session are offered a place together. What
 * staff booked for several people is theirs one by one: none of them answers for the others.
 */
export function partiesOf<One extends Pick<CaseItem, 'bookingId' | 'orderId' | 'sessionId' | 'byStaff'>>(
  cases: readonly One[],
): One[][] {
  const partyOf = ({ bookingId, orderId, sessionId, byStaff }: One) =>
    orderId && sessionId && !byStaff ? `${orderId} ${sessionId}` : bookingId;
  return [...Map.groupBy(cases, partyOf).values()];
}

/* which place is like another */

/** Near in time: so many days before or after. */
export const NEAR_DAYS = 7;
/** Whoever is offered a place can still answer and go there. */
export const NOTICE_MINUTES = 60;

/** Numbers that say how far a place is from the lost one; compared from the left, the smallest is nearest. */
export type Distance = readonly number[];

export function compareDistance(a: Distance, b: Distance): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** How many days ahead a place may be: what the city says, and never less than what was lost. */
export const reachDays = (daysAhead: number, today: string, lostDate: string): number =>
  Math.max(daysAhead, daysBetween(today, lostDate));

/** A session: the same day before another, the own center before one of the district, then the smaller shift. */
export function sessionDistance(lost: Timed & { centerId: string }, found: Timed & { centerId: string }): Distance {
  return [
    Math.abs(daysBetween(lost.date, found.date)),
    lost.centerId === found.centerId ? 0 : 1,
    Math.abs(minutesOf(lost.startsAt) - minutesOf(found.startsAt)),
  ];
}

/** Days to look at for a room, the nearest first. */
export const nearDays: readonly number[] = [
  0,
  ...Array.from({ length: NEAR_DAYS }, (_, index) => index + 1).flatMap((days) => [days, -days]),
];

/** Starts to try for a room: the same time on every near day, and on the day itself up to three hours earlier or later. */
const SHIFT_MINUTES = 180;
export function shiftsOf(onTheSameDay: boolean): number[] {
  if (!onTheSameDay) return [0];
  const steps = Array.from({ length: SHIFT_MINUTES / 15 }, (_, index) => (index + 1) * 15);
  return [0, ...steps.flatMap((minutes) => [minutes, -minutes])];
}

/* what became of a case */

/** A hold whose time is over books no more, whether or not anybody has released it yet. */
export function outcomeOf(
  one: Pick<CaseItem, 'state'>,
  order: Order | undefined,
  nowEpochSeconds: number,
): ClosureOutcome {
  if (one.state === 'none' || one.state === 'kept' || one.state === 'ended') return one.state;
  if (one.state !== 'offered' || !order) return 'waiting';
  if (order.status === 'booked') return 'moved';
  if (order.status === 'released') return order.because === 'hold-expired' ? 'lapsed' : 'declined';
  return (order.dueAtEpochSeconds ?? 0) > nowEpochSeconds ? 'offered' : 'lapsed';
}

const REFUNDED: readonly ClosureOutcome[] = ['declined', 'lapsed', 'none'];
export const isRefunded = (outcome: ClosureOutcome): boolean => REFUNDED.includes(outcome);

/** Counted from the rows alone, so that the report adds up by construction. */
export function totalsOf(rows: readonly Pick<ClosureRow, 'outcome' | 'refundFen'>[]): ClosureTotals {
  const count = (...outcomes: ClosureOutcome[]) => rows.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const back = rows.filter(({ outcome }) => isRefunded(outcome));
  return {
    affected: rows.length,
    waiting: count('waiting'),
    offered: count('offered'),
    moved: count('moved'),
    refunded: back.length,
    kept: count('kept'),
    ended: count('ended'),
    refundFen: back.reduce((sum, { refundFen }) => sum + refundFen, 0),
  };
}

/* what became of the line */

export const outcomeOfWait = ({ state }: Pick<LineItem, 'state'>): ClosureLineRow['outcome'] =>
  state === 'pending' || state === 'ending' ? 'waiting' : state;

/** Counted from the rows alone, as {@link totalsOf}. */
export function lineTotalsOf(rows: readonly Pick<ClosureLineRow, 'outcome'>[]): ClosureLineTotals {
  const count = (wanted: ClosureLineRow['outcome']) => rows.filter(({ outcome }) => outcome === wanted).length;
  return {
    inLine: rows.length,
    waiting: count('waiting'),
    ended: count('ended'),
    kept: count('kept'),
    left: count('left'),
  };
}
