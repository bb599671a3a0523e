import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import type { PersonId, SeriesId } from '../../shared/contracts/common.ts';
import { type SeriesSummary, seriesSummary } from '../../shared/contracts/series.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { addDays } from '../../shared/kernel/days.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists, isNew } from '../../shared/table/conditions.ts';
import { keys } from '../../shared/table/keys.ts';
import { getMany, parsedItem, queryAll, queryDue } from '../../shared/table/read.ts';
import { isOfRequest } from '../../shared/table/stored.ts';
import { type Outcome, transact, update, type Write } from '../../shared/table/write.ts';
import { type CenterOpening, openingFrom, openingKeys } from '../centers/index.ts';
import { type SeriesItem, seriesItem } from './items.ts';
import { type OccurrenceItem, occurrenceItem } from './occurrences/items.ts';

export type Stored = { readonly head: SeriesItem; readonly items: Map<string, OccurrenceItem> };

const anyItem = z.looseObject({ sk: z.string() });

/** A series with what became of its dates, in one query. Refuses `not-found`. */
export async function readSeries(by: Authorized, seriesId: SeriesId): Promise<Stored> {
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
      meaning: (stored) => (isOfRequest(stored, head.requestHash) ? 'done' : refuse('idempotency-key-reused')),
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
export async function setDue(by: Authorized, seriesId: SeriesId, due: number | undefined): Promise<void> {
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
export async function recordEnds(by: Authorized, { seriesId, version }: SeriesItem): Promise<void> {
  await update({
    key: keys.series.series(by.tenantId, seriesId),
    update: 'REMOVE ends',
    names: { '#version': 'version' },
    values: { ':was': version },
    conditions: [condition('as read', '#version = :was')],
    meaning: () => 'done',
  });
}

export const readDueSeries = (by: Authorized, limit: number): Promise<SeriesItem[]> =>
  queryDue(keys.due.series(by.tenantId), epochSeconds(by.now), seriesItem, limit);

/** The series of one person: one query. */
export const readSeriesOfPerson = (by: Authorized, personId: PersonId): Promise<SeriesSummary[]> =>
  queryAll({ pk: keys.series.person(by.tenantId, personId), begins: 'SERIES#' }, seriesSummary);

/** When the center of a series is open, on any date of it. */
export async function readOpeningFor(
  by: Authorized,
  { centerId, firstDate, lastDate }: Pick<SeriesItem, 'centerId' | 'firstDate' | 'lastDate'>,
): Promise<CenterOpening> {
  return openingFrom(await getMany(openingKeys(by.tenantId, centerId, addDays(firstDate, -14), addDays(lastDate, 14))));
}
