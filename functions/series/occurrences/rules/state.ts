import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import { keepPercentAt } from '../../../../shared/booking/price/cancel-rules.ts';
import type { OpeningDay } from '../../../../shared/contracts/centers.ts';
import type { CityRules } from '../../../../shared/contracts/city-rules.ts';
import type { Localized } from '../../../../shared/contracts/common.ts';
import { addDays, daysBetween, type IsoDate, instantOf } from '../../../../shared/kernel/days.ts';
import { type ProblemCode, problemCatalog } from '../../../../shared/kernel/problem-catalog.ts';
import type { SeriesItem } from '../../items.ts';
import type { OccurrenceItem, Slot } from '../items.ts';

/**
 * Sessions are published eight weeks ahead. A date without one is skipped for good only when it lies this near; farther out the session
 * may still be published, so the occurrence waits for it.
 */
export const SURELY_PUBLISHED_DAYS = 49;

/** How far ahead the one who is booked for may book. */
export const reachIn = (rules: CityRules, target: SeriesItem['target']): number =>
  target.kind === 'room' ? rules.roomDaysAhead : rules.sessionDaysAhead;

type Head = Pick<SeriesItem, 'reachDays' | 'reason' | 'canceledFrom'>;

/** The civil date from which an occurrence may be tried: staff plan a year at once, residents as far as they may book. */
function tryFrom(head: Head, recurrence: IsoDate, item: OccurrenceItem | undefined): IsoDate {
  if (item?.again) return item.again;
  return head.reason === undefined ? addDays(recurrence, -head.reachDays) : '0000-00-00';
}

/**
 * How an occurrence stands: `decided`; `now`, there is something to do; `later`, its day is not in reach; `off`, it was called off before
 * it was decided.
 */
export type OccurrenceState = 'decided' | 'now' | 'later' | 'off';

export function occurrenceStateOf(
  head: Head,
  recurrence: IsoDate,
  item: OccurrenceItem | undefined,
  today: IsoDate,
): OccurrenceState {
  if (item?.wish || item?.leaves) return 'now';
  if (item && item.outcome !== 'open' && item.outcome !== 'later') return 'decided';
  if (head.canceledFrom !== undefined && recurrence >= head.canceledFrom) return 'off';
  return tryFrom(head, recurrence, item) <= today ? 'now' : 'later';
}

/** A function is given ten seconds; a client that is still there asks for the rest within this time. */
const LEFT_OFF_SECONDS = 120;
/** How often it is looked whether a new time has got the word it waits for. */
const NEXT_SECONDS = 60;

/** When the schedule looks at the series again: soon where something was left off, at midnight of the day that comes into reach, never. */
export function dueAt(
  head: Head & Pick<SeriesItem, 'dates'>,
  items: ReadonlyMap<IsoDate, OccurrenceItem>,
  today: IsoDate,
  nowEpochSeconds: number,
  zone: string,
): number | undefined {
  let soonest: number | undefined;
  for (const recurrence of head.dates) {
    const item = items.get(recurrence);
    const stored = occurrenceStateOf(head, recurrence, item, today);
    if (stored === 'now') return nowEpochSeconds + LEFT_OFF_SECONDS;
    if (item?.next) soonest = Math.min(soonest ?? Number.POSITIVE_INFINITY, nowEpochSeconds + NEXT_SECONDS);
    if (stored !== 'later') continue;
    const at = instantOf(tryFrom(head, recurrence, item), '00:00', zone).getTime() / 1_000;
    soonest = Math.min(soonest ?? at, at);
  }
  return soonest;
}

/** Why an occurrence cannot be had; the note says more where the calendar does. */
export type WhyNot = { readonly code: string; readonly note?: Localized | undefined };

/** A date without opening hours says more than "closed at that time": it is a holiday, or the center is closed. */
export function whyOnDay(code: string, opening: OpeningDay): WhyNot {
  const saysNothing = code === 'outside-opening-hours' || code === 'not-found';
  if (!saysNothing || opening.hours.length > 0) return { code };
  if (opening.reason === 'holiday') return { code: 'holiday', note: opening.note };
  return opening.reason === 'exception' ? { code: 'closed', note: opening.note } : { code };
}

/** Whether a session that is not there may still be published. */
export const mayStillCome = (date: IsoDate, today: IsoDate): boolean =>
  daysBetween(today, date) > SURELY_PUBLISHED_DAYS;

/** Reasons that end when a closure is lifted. */
export const isClosure = (code: string | undefined): boolean => code === 'closed' || code === 'session-closed';

const noSession: Localized = { zh: '这一天没有这个场次。', en: 'There is no such session on that day.' };

/** What a person reads about a code. */
export function wordsFor({ code, note }: WhyNot): Localized {
  if (note) return code === 'holiday' ? { zh: `${note.zh}放假，不开放。`, en: `Closed: ${note.en}.` } : note;
  if (code === 'not-found') return noSession;
  const known = problemCatalog[(code in problemCatalog ? code : 'internal') as ProblemCode];
  return { zh: known.zh, en: known.en };
}

/** Whether a booking is ended, attended or under way. */
export const isOver = (row: BookingRow, now: Date, zone: string): boolean =>
  (row.state !== 'booked' && row.state !== 'held') || instantOf(row.date, row.startsAt, zone) <= now;

/** Why this booking of a series must stay as it is: over, attended, or not free of charge to give up by the rules it was booked under. */
export function whyNotChange(row: BookingRow, now: Date, zone: string): ProblemCode | undefined {
  if (row.state !== 'booked' && row.state !== 'held') return 'occurrence-over';
  const starts = instantOf(row.date, row.startsAt, zone);
  if (starts <= now) return 'in-the-past';
  return keepPercentAt(row.cancellation ?? [], starts, now) > 0 ? 'not-free-to-change' : undefined;
}

/** Where an occurrence is by the rule. */
export function placeOf({ target }: SeriesItem, recurrence: string): Slot {
  const { startsAt } = target;
  return { date: recurrence, startsAt, ...(target.kind === 'room' ? { endsAt: target.endsAt } : {}) };
}
