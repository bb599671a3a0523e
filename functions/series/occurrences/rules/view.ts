import type * as z from 'zod';
import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import { isActive } from '../../../../shared/booking/row/states.ts';
import type { Localized } from '../../../../shared/contracts/common.ts';
import type { SeriesOccurrence, series } from '../../../../shared/contracts/series.ts';
import type { SeriesItem } from '../../items.ts';
import type { Stored } from '../../store.ts';
import type { OccurrenceItem } from '../items.ts';
import { type OccurrenceState, occurrenceStateOf, placeOf, wordsFor } from './state.ts';

/** Words for endings of a booking or a move that are no refusal; that somebody canceled it needs none. */
const endings: Readonly<Record<string, Localized | undefined>> = {
  'move-not-confirmed': {
    zh: '新时间没有得到确认，已经放开；原来的预约保留。',
    en: 'The new time was not confirmed and was given free; the old booking stays.',
  },
  closure: { zh: '因中心临时关闭而取消。', en: 'Canceled because the center was closed.' },
  resident: undefined,
  staff: undefined,
};

function whyPart(code: string | undefined, note?: Localized): Pick<SeriesOccurrence, 'code' | 'why'> {
  if (code === undefined) return {};
  const why = code in endings ? endings[code] : wordsFor({ code, note });
  return { code, ...(why ? { why } : {}) };
}

function occurrenceView(
  head: SeriesItem,
  recurrence: string,
  item: OccurrenceItem | undefined,
  rows: ReadonlyMap<string, BookingRow>,
  stored: OccurrenceState,
): SeriesOccurrence {
  const row = item?.bookingId ? rows.get(item.bookingId) : undefined;
  const place = item && item.outcome !== 'later' ? item : placeOf(head, recurrence);
  const { date, startsAt, endsAt } = place;
  const where = { recurrence, date, startsAt, ...(endsAt ? { endsAt } : {}), sequence: item?.sequence ?? 0 };
  if (stored === 'off') return { ...where, outcome: 'canceled' };
  if (stored === 'later') return { ...where, outcome: 'waiting' };
  if (!item || item.outcome === 'open' || item.outcome === 'later') return { ...where, outcome: 'pending' };
  const { outcome, bookingId, code, note, alternative } = item;
  if (outcome === 'skipped') {
    const found = alternative ? { alternative } : {};
    return { ...where, outcome, ...whyPart(code, note), ...found };
  }
  const booked = { ...where, ...(bookingId ? { bookingId } : {}), ...(row ? { state: row.state } : {}) };
  if (outcome === 'canceled') return { ...booked, outcome };
  // The booking is the truth: it may have been canceled by itself, or by a closure.
  if (row && !isActive(row.state)) return { ...booked, outcome: 'canceled', ...whyPart(row.because) };
  return { ...booked, outcome, ...whyPart(code, note), ...nextPart(item, rows) };
}

/** The new time that is awaited, as long as it is. */
function nextPart({ next }: OccurrenceItem, rows: ReadonlyMap<string, BookingRow>): Pick<SeriesOccurrence, 'next'> {
  const row = next && rows.get(next.bookingId);
  if (!next || (row && row.state !== 'held')) return {};
  const { sequence: _, ...at } = next;
  return { next: { ...at, heldFor: row?.heldFor, heldUntil: row?.heldUntil } };
}

/** A series with each of its dates as it stands, its bookings looked at. */
export function viewOf(
  { head, items }: Stored,
  rows: ReadonlyMap<string, BookingRow>,
  today: string,
): z.input<typeof series> {
  const standings = head.dates.map((recurrence) => occurrenceStateOf(head, recurrence, items.get(recurrence), today));
  const occurrences = head.dates.map((recurrence, index) => {
    return occurrenceView(head, recurrence, items.get(recurrence), rows, standings[index] ?? 'now');
  });
  const count = (stored: OccurrenceState) => standings.filter((one) => one === stored).length;
  return {
    ...head,
    byStaff: head.reason !== undefined,
    occurrences,
    done: count('decided') + count('off'),
    of: head.dates.length,
    waiting: count('later'),
    next: count('now') > 0,
  };
}
