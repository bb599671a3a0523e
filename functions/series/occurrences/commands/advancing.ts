import type { Authorized } from '../../../../shared/access/authorize.ts';
import { epochSeconds } from '../../../../shared/kernel/clock.ts';
import { civilNow } from '../../../../shared/kernel/days.ts';
import { inParallel } from '../../../../shared/kernel/in-parallel.ts';
import type { SeriesItem } from '../../items.ts';
import { readOpeningFor, readSeries, recordEnds, type Stored, setDue } from '../../store.ts';
import { bookingsIn, type OccurrenceItem } from '../items.ts';
import { alternativesFor } from '../queries/alternatives.ts';
import { dueAt, occurrenceStateOf, placeOf } from '../rules/state.ts';
import { readOwnRows, recordAsRead } from '../store.ts';
import { settleNext } from './confirming.ts';
import { bookOccurrence, leave, type Work } from './placing.ts';
import { carryOutChange } from './requested-changes.ts';

/** A function is stopped after ten seconds; what is not done by then is asked for again. */
export const BUDGET_MS = 6_000;
/** Occurrences worked on at once: each is about four calls, one after another, and they touch different days. */
const AT_ONCE = 4;

/** Writes down that the dates without a place are to be canceled; noted with the series, so that this is done whoever comes next. */
async function requestEnds(
  by: Authorized,
  { head, items }: Stored,
  { by: who, dates }: NonNullable<SeriesItem['ends']>,
): Promise<Stored> {
  for (const item of dates.flatMap((date) => items.get(date) ?? []))
    if (item.outcome === 'booked' && !item.wish)
      await recordAsRead(by, head.seriesId, { ...item, wish: { to: 'cancel', by: who } }, item);
  await recordEnds(by, head);
  return readSeries(by, head.seriesId);
}

/** What a move has left to do, done. */
async function settled(work: Work, item: OccurrenceItem | undefined): Promise<OccurrenceItem | undefined> {
  if (item?.leaves) return leave(work, item, work.rows.get(item.leaves));
  return item?.next ? settleNext(work, item) : item;
}

/**
 * Does what there is to do on a series, in the order of its dates, until it is done or the time is over: books what is in reach, grants
 * what was wished. Anybody may call it at any moment, also several at once: each try has one key, so all of them make the same
 * booking, and only what was decided is recorded. Answers the series as it then stands.
 */
export async function advance(by: Authorized, found: Stored, budgetMs = BUDGET_MS): Promise<Stored> {
  const stored = found.head.ends ? await requestEnds(by, found, found.head.ends) : found;
  const { head } = stored;
  const opening = await readOpeningFor(by, head);
  const today = civilNow(by.now, opening.center.zone).date;
  const isNow = (recurrence: string) =>
    occurrenceStateOf(head, recurrence, stored.items.get(recurrence), today) === 'now';
  const todo = head.dates.filter((recurrence) => isNow(recurrence) || stored.items.get(recurrence)?.next);
  const ids = bookingsIn(todo.flatMap((recurrence) => stored.items.get(recurrence) ?? []));
  const rows = await readOwnRows(by, head.beneficiaryId, ids);
  const work: Work = { by, head, opening, today, rows, alternative: alternativesFor(by, head, opening) };
  const until = performance.now() + budgetMs;
  await inParallel(todo, AT_ONCE, async (recurrence) => {
    if (performance.now() >= until) return;
    const item = await settled(work, stored.items.get(recurrence));
    if (item?.wish) await carryOutChange(work, item, item.wish);
    // What is tried again had its place; whatever waits goes where the series is by now.
    else if (occurrenceStateOf(head, recurrence, item, today) === 'now')
      await bookOccurrence(work, recurrence, item, item?.outcome === 'open' ? item : placeOf(head, recurrence));
  });
  const after = todo.length > 0 ? await readSeries(by, head.seriesId) : stored;
  await setDue(by, head.seriesId, dueAt(after.head, after.items, today, epochSeconds(by.now), opening.center.zone));
  return after;
}
