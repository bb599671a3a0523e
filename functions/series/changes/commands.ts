import type { AuthorizedActor } from '../../../shared/access/authorize.ts';
import type { BookingRow } from '../../../shared/booking/items/booking-row.ts';
import type { SeriesId } from '../../../shared/contracts/common.ts';
import type { SeriesChange } from '../../../shared/contracts/series.ts';
import type { RequestContext } from '../../../shared/http/context.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { fingerprint } from '../../../shared/kernel/ids.ts';
import { refuse, wrongField } from '../../../shared/kernel/refusal.ts';
import { readSeriesToChange, type SeriesView, showSeries } from '../commands.ts';
import type { SeriesItem } from '../items.ts';
import { advance } from '../occurrences/commands/advancing.ts';
import type { OccurrenceItem, RequestedChange } from '../occurrences/items.ts';
import { occurrenceStateOf, placeOf } from '../occurrences/rules/state.ts';
import { recordAsRead } from '../occurrences/store.ts';
import { rememberRebooking } from '../rebooking/store.ts';
import { cutAt, cutToRule, ruleBefore } from '../recurrence/rules/splitting.ts';
import { changeSeries, readSeries, setDue } from '../store.ts';
import { type Facts, readFacts } from './queries/facts.ts';
import { movedTarget, movedTo, planRule, rowFor, whyKept } from './rules.ts';

/**
 * Moves, cancels, or changes what it is for: one occurrence, it and all that follow, or all. What is past, attended, or not free of
 * charge to give up stays exactly as it is. A move takes the new place before it gives up the old one; where the new one cannot be
 * had the old one stays, with the reason. "This and following", and a new rule, cut the series and go on in a new one, which is the answer. Each
 * wish is written down first, so that anybody can finish what was begun: `next` says there is more to do. The same change again changes
 * nothing. Refuses `no-authority`, `not-found`, `try-again` while the series is still being booked; for a single occurrence
 * `in-the-past`, `occurrence-over`, `not-free-to-change`; for a new rule `series-rule`, `series-empty`, `series-too-long`.
 */
export async function change(context: RequestContext, seriesId: SeriesId, wanted: SeriesChange): Promise<SeriesView> {
  const { by, stored } = await readSeriesToChange(context, seriesId);
  if (wanted.purpose !== undefined && stored.head.target.kind !== 'room') throw onlyForRooms();
  const { continuedBy } = stored.head;
  // The same new rule again: it was begun, and goes on where it leads.
  if (wanted.move?.rule && continuedBy && (await readSeries(by, continuedBy)).head.requestHash === fingerprint(wanted))
    return finished(by, continuedBy);
  // What is not decided yet is decided first: a try and a change of the same occurrence must not meet.
  const facts = await readFacts(by, await advance(by, stored));
  if (
    facts.head.dates.some((date) => occurrenceStateOf(facts.head, date, facts.items.get(date), facts.today) === 'now')
  )
    throw refuse('try-again');
  const { recurrence } = wanted;
  if (recurrence !== undefined && !facts.head.dates.includes(recurrence)) {
    // It was cut here before: the change goes on where the series does.
    if (!continuedBy || recurrence < facts.head.lastDate) throw refuse('not-found');
    return change(context, continuedBy, wanted);
  }
  if (wanted.move?.rule) return changeRule(by, facts, wanted);
  if (recurrence === undefined || recurrence === facts.head.dates[0])
    return wanted.scope === 'this' ? changeOne(by, facts, wanted) : changeAll(by, facts, wanted);
  if (wanted.scope === 'this') return changeOne(by, facts, wanted);
  return wanted.cancel ? cancelFrom(by, facts, recurrence) : cut(by, facts, recurrence, wanted);
}

const onlyForRooms = () => wrongField({ at: 'body.purpose', rule: 'custom', message: 'only a room has a purpose' });

/** The wish for one occurrence; nothing where it is so already, or where there is nothing to be changed. */
function changeFor(by: AuthorizedActor, item: OccurrenceItem, row: BookingRow | undefined, wanted: SeriesChange) {
  const who = by.actor.personId;
  if (wanted.cancel) return { to: 'cancel', by: who } satisfies RequestedChange;
  if (wanted.purpose !== undefined)
    return row && row.purpose !== wanted.purpose
      ? ({ to: 'purpose', by: who, purpose: wanted.purpose } satisfies RequestedChange)
      : undefined;
  const place = movedTo(item, wanted);
  // Asked again while the first answer is awaited, it is the same move.
  const at = item.next ?? item;
  const same = place.date === at.date && place.startsAt === at.startsAt;
  // A session has its own end.
  const sameEnd = row?.kind === 'session' || place.endsAt === at.endsAt;
  return same && sameEnd && row ? undefined : ({ to: 'place', by: who, ...place } satisfies RequestedChange);
}

async function changeOne(by: AuthorizedActor, facts: Facts, wanted: SeriesChange): Promise<SeriesView> {
  const { head, items } = facts;
  const recurrence = wanted.recurrence ?? '';
  const was = items.get(recurrence);
  const item: OccurrenceItem =
    was ??
    ({
      is: 'occurrence',
      ...{ recurrence, ...placeOf(head, recurrence), outcome: 'later', tries: -1, won: false, sequence: 0 },
    } satisfies OccurrenceItem);
  if (was?.outcome === 'canceled' && wanted.cancel) return showSeries(by, facts);
  const no = whyKept(by, facts, item);
  if (no) throw refuse(no, { recurrence });
  const wish = changeFor(by, item, rowFor(facts, item), wanted);
  if (wish) {
    // Due first: what is wished here is granted by the schedule should this end in between.
    await setDue(by, head.seriesId, soon(by));
    await recordAsRead(by, head.seriesId, { ...item, wish }, was);
  }
  return finished(by, head.seriesId);
}

async function finished(by: AuthorizedActor, seriesId: SeriesId): Promise<SeriesView> {
  return showSeries(by, await advance(by, await readSeries(by, seriesId)));
}

const soon = (by: AuthorizedActor): number => epochSeconds(by.now) + 60;

/** Writes the wishes down, one for each occurrence from `from` on that can be changed; of the others only those that cost are marked. */
async function requestChangesFrom(
  by: AuthorizedActor,
  facts: Facts,
  from: string,
  wanted: SeriesChange,
): Promise<void> {
  for (const recurrence of facts.head.dates.filter((date) => date >= from)) {
    const item = facts.items.get(recurrence);
    if (!item || item.outcome === 'later') continue;
    const no = whyKept(by, facts, item);
    if (no === 'not-free-to-change') await recordAsRead(by, facts.head.seriesId, { ...item, code: no }, item);
    if (no) continue;
    const wish = changeFor(by, item, rowFor(facts, item), wanted);
    if (wish) await recordAsRead(by, facts.head.seriesId, { ...item, wish }, item);
  }
}

async function changeAll(by: AuthorizedActor, facts: Facts, wanted: SeriesChange): Promise<SeriesView> {
  const { head } = facts;
  const [first = head.firstDate] = head.dates;
  if (wanted.cancel) return cancelFrom(by, facts, first);
  const changed = await changeSeries(by, { ...head, target: movedTarget(head, wanted) }, soon(by));
  await requestChangesFrom(by, { ...facts, head: changed }, first, wanted);
  return finished(by, head.seriesId);
}

/** Calls off everything from a date on: what is not decided never will be, what is booked is canceled by the usual rules. */
async function cancelFrom(by: AuthorizedActor, facts: Facts, from: string): Promise<SeriesView> {
  const { head } = facts;
  const rule = from > head.firstDate ? ruleBefore(head.rule, head.dates, from) : head.rule;
  const changed = await changeSeries(by, { ...head, rule, canceledFrom: from }, soon(by));
  await requestChangesFrom(by, { ...facts, head: changed }, from, {
    scope: 'this-and-following',
    recurrence: from,
    cancel: true,
  });
  return finished(by, head.seriesId);
}

/** A place that goes over is written down under the new series before that begins: none of them is ever taken for a new date. */
async function takeOver(
  by: AuthorizedActor,
  after: SeriesItem,
  item: OccurrenceItem,
  wish: RequestedChange | undefined,
): Promise<void> {
  await recordAsRead(by, after.seriesId, wish ? { ...item, wish } : item, undefined);
  // A closure may take it from here as well, and give it back.
  if (after.healAfterClosures) await rememberRebooking(by, after, item.date, item.recurrence);
}

async function cut(by: AuthorizedActor, facts: Facts, from: string, wanted: SeriesChange): Promise<SeriesView> {
  const { head, items } = facts;
  const following = head.dates.filter((date) => date >= from);
  const kept = following.filter((date) => {
    const item = items.get(date);
    return item !== undefined && item.outcome !== 'later' && whyKept(by, facts, item) !== undefined;
  });
  const halves = cutAt(head, from, new Set(kept), movedTarget(head, wanted), by.now.toISOString());
  if (!halves) return showSeries(by, facts);
  const { before, after } = halves;
  for (const recurrence of after.dates) {
    const item = items.get(recurrence);
    if (!item || item.outcome === 'later' || (item.outcome === 'skipped' && wanted.move)) continue;
    await takeOver(by, after, item, changeFor(by, item, rowFor(facts, item), wanted));
  }
  await changeSeries(by, before, soon(by), after);
  await markKept(by, facts, kept);
  return finished(by, after.seriesId);
}

/**
 * Goes on by another rule in a new series. Bookings of dates that have a counterpart move there, with all that a move keeps; the others are
 * canceled by the old series, which keeps what is past or may not change.
 */
async function changeRule(by: AuthorizedActor, facts: Facts, wanted: SeriesChange): Promise<SeriesView> {
  const { head, items } = facts;
  const plan = planRule(by, facts, wanted);
  const { target, kept, ends, from } = plan;
  if (plan.dates.length === 0) return showSeries(by, facts);
  const nowIso = by.now.toISOString();
  const staying = head.dates.filter((date) => date < from || kept.has(date) || ends.includes(date));
  const halves = cutToRule(head, from, { ...plan, staying }, { target, requestHash: fingerprint(wanted), nowIso });
  for (const recurrence of plan.dates) {
    const item = items.get(plan.moves.get(recurrence) ?? '');
    const row = rowFor(facts, item);
    if (!item || !row || item.outcome !== 'booked') continue;
    const wish = changeFor(by, item, row, { scope: 'this', move: placeOf(halves.after, recurrence) });
    await takeOver(by, halves.after, { ...item, recurrence }, wish);
  }
  const ending = ends.length > 0 ? { ends: { by: by.actor.personId, dates: ends } } : {};
  await changeSeries(by, { ...halves.before, ...ending }, soon(by), halves.after);
  await markKept(by, facts, kept);
  const view = await finished(by, halves.after.seriesId);
  await advance(by, await readSeries(by, head.seriesId));
  return view;
}

/** Says of those that stay because they cost that this is why. */
async function markKept(by: AuthorizedActor, facts: Facts, kept: Iterable<string>): Promise<void> {
  for (const recurrence of kept) {
    const item = facts.items.get(recurrence);
    const no = item && whyKept(by, facts, item);
    if (item && no === 'not-free-to-change') await recordAsRead(by, facts.head.seriesId, { ...item, code: no }, item);
  }
}
