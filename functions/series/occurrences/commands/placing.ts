import type { Authorized } from '../../../../shared/access/authorize.ts';
import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import { isActive } from '../../../../shared/booking/row/states.ts';
import { addDays } from '../../../../shared/kernel/days.ts';
import { parsedItem } from '../../../../shared/table/read.ts';
import type { CenterOpening } from '../../../centers/index.ts';
import type { SeriesItem } from '../../items.ts';
import { rememberRebooking } from '../../rebooking/store.ts';
import { bookingsIn, type OccurrenceItem, occurrenceItem, type Slot } from '../items.ts';
import type { FindAlternative } from '../queries/alternatives.ts';
import { mayStillCome, whyOnDay } from '../rules/state.ts';
import { recordAsRead, recordLost, recordWon } from '../store.ts';
import { bookOne, releaseMoved } from './booking.ts';

/** What the work on one series shares. */
export type Work = {
  readonly by: Authorized;
  readonly head: SeriesItem;
  readonly opening: CenterOpening;
  readonly today: string;
  readonly alternative: FindAlternative;
  readonly rows: ReadonlyMap<string, BookingRow>;
};

/**
 * Tries to book an occurrence at a place, and records what came of it. `old` is the booking that it takes the place of, given up only
 * once the new one stands: where that waits for somebody's word, once it has it. Why not, when it was refused; nothing where nothing was
 * decided.
 */
export async function bookOccurrence(
  work: Work,
  recurrence: string,
  was: OccurrenceItem | undefined,
  at: Slot,
  old?: BookingRow,
): Promise<void> {
  const { by, head, today } = work;
  const tries = was ? was.tries + 1 : 0;
  // One more for each booking that took the place of another, so that calendars take it for the later.
  const sequence = (was?.sequence ?? 0) + (was?.bookingId ? 1 : 0);
  const result = await bookOne(by, head, { recurrence, place: at, tries, sequence }, old);
  if (!result) return;
  if ('row' in result) return taken(work, recurrence, was, result.row, { tries, sequence }, old);
  const { code, note } = whyOnDay(result.refusal.code, work.opening.on(at.date));
  const common = { is: 'occurrence' as const, recurrence, tries, won: false, code, ...(note ? { note } : {}) };
  if (old && was) {
    // The old place stays, and so does everything about it; only why it did not move is new.
    await recordLost(by, head.seriesId, { ...keptOf(was), ...common });
    return;
  }
  const { date, startsAt, endsAt } = at;
  const base = { ...common, date, startsAt, ...(endsAt ? { endsAt } : {}), sequence: was?.sequence ?? 0 };
  const tooEarly = code === 'too-far-ahead' || (code === 'not-found' && mayStillCome(at.date, today));
  if (tooEarly) {
    const inReach = addDays(at.date, -head.reachDays);
    const again = inReach > today ? inReach : addDays(today, 1);
    // Where somebody has put it, there it stays; otherwise it goes along with the series.
    const outcome = was?.wish || was?.outcome === 'open' ? 'open' : 'later';
    const { code: _, note: __, ...waiting } = base;
    await recordLost(by, head.seriesId, { ...waiting, outcome, again });
    return;
  }
  const alternative = await work.alternative(at);
  await recordLost(by, head.seriesId, { ...base, outcome: 'skipped', ...(alternative ? { alternative } : {}) });
  if (head.healAfterClosures) await rememberRebooking(by, head, at.date, recurrence);
}

/** An occurrence without what was wished of it, and what was said about it. */
function keptOf(item: OccurrenceItem): OccurrenceItem {
  const { wish: _, code: __, note: ___, ...kept } = item;
  return kept;
}

/** A try took a place: the occurrence is there now, or goes there once it has the word that it waits for. */
async function taken(
  { by, head }: Work,
  recurrence: string,
  was: OccurrenceItem | undefined,
  row: BookingRow,
  { tries, sequence }: { tries: number; sequence: number },
  old: BookingRow | undefined,
): Promise<void> {
  const { date, startsAt, endsAt, bookingId } = row;
  const there = { date, startsAt, endsAt, bookingId, sequence };
  const leaves = old && old.bookingId !== bookingId && isActive(old.state) ? old : undefined;
  // What counts is not given up for what does not count yet.
  const waits = was !== undefined && leaves?.state === 'booked' && row.state === 'held';
  // Of a try that others had finished, and that was given up since: it is over.
  const outcome = isActive(row.state) ? 'booked' : 'canceled';
  const item: OccurrenceItem = waits
    ? { ...keptOf(was), tries, won: true, next: there }
    : {
        ...{ is: 'occurrence', recurrence, outcome, tries, won: true, ...there },
        ...(leaves ? { leaves: leaves.bookingId } : {}),
      };
  const { outcome: recorded, item: stored } = await recordWon(by, head.seriesId, item);
  const stands = recorded === 'done' && stored ? parsedItem(occurrenceItem, stored) : item;
  if (!bookingsIn([stands]).includes(bookingId)) return releaseMoved(by, row, head.actorId);
  if (head.healAfterClosures) await rememberRebooking(by, head, date, recurrence);
  if (leaves && stands.leaves === leaves.bookingId) await leave({ by, head }, stands, leaves);
}

/** Gives up the booking that another took the place of: noted with the new one, so that whoever works on the series next can finish it. */
export async function leave(
  { by, head }: Pick<Work, 'by' | 'head'>,
  item: OccurrenceItem,
  old: BookingRow | undefined,
): Promise<OccurrenceItem> {
  const { leaves: _, ...rest } = item;
  if (old && isActive(old.state)) await releaseMoved(by, old, head.actorId);
  await recordAsRead(by, head.seriesId, rest, item);
  return rest;
}
