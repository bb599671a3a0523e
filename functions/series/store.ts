import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { setPurpose } from '../../shared/booking/claim/room.ts';
import { type BookingRow, bookingRow } from '../../shared/booking/items/booking-row.ts';
import { type AgendaDayItem, agendaDayItem } from '../../shared/booking/items/day-sheet.ts';
import { type SeriesSummary, seriesSummary } from '../../shared/contracts/series.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { addDays, instantOf } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists, isNew, type RawItem } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { getMany, parsedItem, queryAll, queryDue } from '../../shared/table/read.ts';
import { isOfRequest } from '../../shared/table/stored.ts';
import { type Outcome, put, transact, update, type Write } from '../../shared/table/write.ts';
import { healingItem, type OccurrenceItem, occurrenceItem, type SeriesItem, seriesItem } from './items.ts';

export type Stored = { readonly head: SeriesItem; readonly items: Map<string, OccurrenceItem> };

const anyItem = z.looseObject({ sk: z.string() });

/** A series with what became of its dates, in one query. Refuses `not-found`. */
export async function readSeries(by: Authorized, seriesId: string): Promise<Stored> {
  const found = await queryAll({ pk: keys.series.partition(by.tenantId, seriesId) }, anyItem);
  const own = found.find(({ sk }) => sk === 'SERIES');
  if (!own) throw refuse('not-found');
  const occurrences = found.filter((item) => item !== own).map((item) => parsedItem(occurrenceItem, item));
  return {
    head: parsedItem(seriesItem, own),
    items: new Map(occurrences.map((item) => [item.recurrence, item])),
  };
}

/** Lists a series under whom it is for; one whose dates have all gone over to another is no longer listed. */
const summaryWrite = (by: Authorized, head: SeriesItem): Write => ({
  key: keys.series.ofPerson(by.tenantId, head.beneficiaryId, head.seriesId),
  ...(head.dates.length > 0 ? { item: { ...seriesSummary.parse(head), is: 'series-of' } } : { remove: true }),
});

const dueOf = (by: Authorized, due: number | undefined) =>
  due === undefined ? {} : { duePk: keys.due.series(by.tenantId), dueAtEpochSeconds: due };

/**
 * Makes the series, and lists it under whom it is for. `done` when this very request has made it before; refuses
 * `idempotency-key-reused` when another did under that key.
 */
export function makeSeries(by: Authorized, head: SeriesItem, due: number): Promise<Outcome> {
  return transact([
    {
      key: keys.series.series(by.tenantId, head.seriesId),
      item: { ...z.encode(seriesItem, head), ...dueOf(by, due) },
      conditions: [isNew],
      meaning: (standing) => (isOfRequest(standing, head.requestHash) ? 'done' : refuse('idempotency-key-reused')),
    },
    summaryWrite(by, head),
  ]);
}

/** Changes the series itself, as it was read; the part that is cut off begins with the same write. Refuses `changed-meanwhile`. */
export async function changeSeries(
  by: Authorized,
  head: SeriesItem,
  due: number,
  continuation?: SeriesItem,
): Promise<SeriesItem> {
  const changed = { ...head, version: head.version + 1 };
  await transact([
    {
      key: keys.series.series(by.tenantId, head.seriesId),
      item: { ...z.encode(seriesItem, changed), ...dueOf(by, due) },
      names: { '#version': 'version' },
      values: { ':was': head.version },
      conditions: [condition('as read', '#version = :was')],
    },
    summaryWrite(by, changed),
    ...(continuation
      ? [
          {
            key: keys.series.series(by.tenantId, continuation.seriesId),
            item: { ...z.encode(seriesItem, continuation), ...dueOf(by, due) },
            conditions: [isNew],
          },
          summaryWrite(by, continuation),
        ]
      : []),
  ]);
  return changed;
}

/** When the schedule is to look at it again; never, where nothing is left to do. */
export async function setDue(by: Authorized, seriesId: string, due: number | undefined): Promise<void> {
  await update({
    key: keys.series.series(by.tenantId, seriesId),
    ...(due === undefined
      ? { update: 'REMOVE duePk, dueAtEpochSeconds' }
      : {
          update: 'SET duePk = :pk, dueAtEpochSeconds = :due',
          values: { ':pk': keys.due.series(by.tenantId), ':due': due },
        }),
    conditions: [exists],
    meaning: () => 'done',
  });
}

/** The series as it was read has nothing left to end: that is written down with each date. */
export async function endsWished(by: Authorized, { seriesId, version }: SeriesItem): Promise<void> {
  await update({
    key: keys.series.series(by.tenantId, seriesId),
    update: 'REMOVE ends',
    names: { '#version': 'version' },
    values: { ':was': version },
    conditions: [condition('as read', '#version = :was')],
    meaning: () => 'done',
  });
}

export const dueSeries = (by: Authorized, limit: number): Promise<SeriesItem[]> =>
  queryDue(keys.due.series(by.tenantId), epochSeconds(by.now), seriesItem, limit);

const names = { '#tries': 'tries', '#won': 'won' };
const occurrencePut = (by: Authorized, seriesId: string, item: OccurrenceItem) => ({
  key: keys.series.occurrence(by.tenantId, seriesId, item.recurrence),
  item: item as RawItem,
});

/**
 * Records that try number `item.tries` took a place. A place wins over a refusal of the same try, which two at work on one occurrence may
 * find at the same moment. `done` when a later try has been decided: `item` is then what stands.
 */
export function recordWon(by: Authorized, seriesId: string, item: OccurrenceItem): Promise<Outcome> {
  return put({
    ...occurrencePut(by, seriesId, item),
    names,
    values: { ':try': item.tries, ':no': false },
    conditions: [
      condition('no later try', 'attribute_not_exists(pk) OR #tries < :try OR (#tries = :try AND #won = :no)'),
    ],
    meaning: () => 'done',
  });
}

/** Records that this try was refused; nothing where it is decided already. */
export function recordLost(by: Authorized, seriesId: string, item: OccurrenceItem): Promise<Outcome> {
  return put({
    ...occurrencePut(by, seriesId, item),
    names: { '#tries': 'tries' },
    values: { ':try': item.tries },
    conditions: [condition('not decided', 'attribute_not_exists(pk) OR #tries < :try')],
    meaning: () => 'done',
  });
}

/** Replaces an occurrence that has not been tried again since it was read: a wish, its end, a reopening. Nothing otherwise. */
export function recordAsRead(
  by: Authorized,
  seriesId: string,
  item: OccurrenceItem,
  was: OccurrenceItem | undefined,
): Promise<Outcome> {
  return put({
    ...occurrencePut(by, seriesId, item),
    ...(was
      ? {
          names: { ...names, '#outcome': 'outcome' },
          values: { ':tries': was.tries, ':won': was.won, ':outcome': was.outcome },
          conditions: [condition('as read', '#tries = :tries AND #won = :won AND #outcome = :outcome')],
        }
      : { conditions: [isNew] }),
    meaning: () => 'done',
  });
}

/** The rows of bookings of one person, in as few calls as it takes. */
export async function rowsOf(
  by: Authorized,
  personId: string,
  bookingIds: readonly string[],
): Promise<Map<string, BookingRow>> {
  const rows = new Map<string, BookingRow>();
  for (let first = 0; first < bookingIds.length; first += 100) {
    const some = bookingIds.slice(first, first + 100);
    const items = await getMany(some.map((bookingId) => keys.booking.booking(by.tenantId, personId, bookingId)));
    for (const item of items) {
      if (!item) continue;
      const row = parsedItem(bookingRow, item);
      rows.set(row.bookingId, row);
    }
  }
  return rows;
}

const placedDay = z.object({ sk: z.string() }).and(agendaDayItem);

/** The person's days that have anything in them, by date. */
export async function daysOf(
  by: Authorized,
  personId: string,
  from: string,
  to: string,
): Promise<Map<string, AgendaDayItem>> {
  const between = [`DAY#${from}`, `DAY#${to}`] as const;
  const days = await queryAll({ pk: keys.booking.agenda(by.tenantId, personId), between, relaxed: true }, placedDay);
  return new Map(days.map((day) => [day.sk.slice('DAY#'.length), day]));
}

/** The series of one person: one query. */
export const seriesOfPerson = (by: Authorized, personId: string): Promise<SeriesSummary[]> =>
  queryAll({ pk: keys.booking.agenda(by.tenantId, personId), begins: 'SERIES#' }, seriesSummary);

/** Notes that this date is wanted back should a closure have taken it; forgotten when the date is over. */
export async function rememberHealing(by: Authorized, head: SeriesItem, date: string, recurrence: string) {
  await put({
    key: keys.series.healing(by.tenantId, head.centerId, date, head.seriesId, recurrence),
    item: {
      is: 'healing',
      seriesId: head.seriesId,
      recurrence,
      ttlEpochSeconds: Math.floor(instantOf(addDays(date, 2), '00:00').getTime() / 1_000),
    },
  });
}

/** The dates of series that are wanted back, of one center, between two dates. */
export const healingsBetween = (by: Authorized, centerId: string, from: string, to: string) =>
  queryAll({ pk: keys.series.healings(by.tenantId, centerId), between: [`${from}#`, `${to}$`] }, healingItem);

/** The claim says what a room is booked for; the row follows it. */
export async function changePurpose(by: Authorized, row: BookingRow, purpose: string): Promise<void> {
  const { roomId, date, bookingId, beneficiaryId } = row;
  if (row.kind !== 'room' || !roomId) return;
  await setPurpose(by, { roomId, date, bookingId }, purpose);
  await update({
    key: keys.booking.booking(by.tenantId, beneficiaryId, bookingId),
    update: 'SET purpose = :purpose',
    values: { ':purpose': purpose },
    conditions: [condition('booked', 'attribute_exists(pk)')],
    meaning: () => 'done',
  });
}
