import type * as z from 'zod';
import { may } from '../../shared/access/abilities.ts';
import { type AuthorizedActor, authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import { cityRulesFactKey, cityRulesFrom } from '../../shared/booking/items/city-rules.ts';
import type { SeriesId } from '../../shared/contracts/common.ts';
import type { SeriesRequest, series } from '../../shared/contracts/series.ts';
import type { CommandContext, RequestContext } from '../../shared/http/context.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { civilNow } from '../../shared/kernel/days.ts';
import { derivedId, fingerprint, randomId } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { centerOf } from '../../shared/table/keys.ts';
import {
  centerFactFrom,
  centerFactKey,
  offeringFactFrom,
  offeringFactKey,
  roomFactFrom,
  roomFactKey,
} from '../centers/index.ts';
import { readProfiles } from '../people/index.ts';
import type { SeriesItem } from './items.ts';
import { advance, BUDGET_MS } from './occurrences/commands/advancing.ts';
import { bookingsIn } from './occurrences/items.ts';
import { reachIn } from './occurrences/rules/state.ts';
import { viewOf } from './occurrences/rules/view.ts';
import { readOwnRows } from './occurrences/store.ts';
import { expand } from './recurrence/rules/expansion.ts';
import { makeSeries, readOpeningFor, readSeries, type Stored } from './store.ts';

export type SeriesView = z.input<typeof series>;

/**
 * Makes a series and books what is in reach, as far as the time reaches: the answer says of each date what became of it, and `next`
 * when there is more to do. The series stands with all its dates before the first is booked. Refuses `no-authority`, `forbidden`,
 * `not-found`, `series-rule`, `series-empty`, `series-too-long`, `idempotency-key-reused`.
 */
export async function create(
  context: CommandContext,
  request: SeriesRequest,
  budgetMs = BUDGET_MS,
): Promise<{ series: SeriesView; replayed: boolean }> {
  const { by, head } = await planSeries(context, request);
  const { outcome } = await makeSeries(by, head, epochSeconds(by.now) + 120);
  const stored = outcome === 'fresh' ? { head, items: new Map() } : await readSeries(by, head.seriesId);
  return { series: await showSeries(by, await advance(by, stored, budgetMs)), replayed: outcome === 'done' };
}

/** The series that a request asks for, not written: rights checked, dates expanded. */
export async function planSeries(
  context: CommandContext,
  request: SeriesRequest,
): Promise<{ by: AuthorizedActor; head: SeriesItem }> {
  const { tenantId, actor, idempotencyKey } = context;
  if (!actor) throw refuse('not-signed-in');
  const { target, rule, reason, healAfterClosures, beneficiaryId = actor.personId } = request;
  const whereId = target.kind === 'room' ? target.roomId : target.offeringId;
  const centerId = centerOf(whereId);
  const what =
    target.kind === 'room' ? roomFactKey(tenantId, target.roomId) : offeringFactKey(tenantId, target.offeringId);
  const { by, items } = await authorized(context, [
    what,
    centerFactKey(tenantId, centerId),
    cityRulesFactKey(tenantId),
  ]);
  if (reason === undefined) mustBeAble(by, 'book', 'Person', { personId: beneficiaryId }, 'no-authority');
  else {
    mustBeAble(by, 'staff', 'Desk', { centerId });
    mustNotBeLimited(by, [beneficiaryId]);
  }
  const [whatItem, centerFound, rules] = items;
  const center = centerFactFrom(centerFound);
  const title = target.kind === 'room' ? roomFactFrom(whatItem)?.name : offeringFactFrom(whatItem)?.title;
  if (!title || !center) throw refuse('not-found');
  const { zone } = center;
  const { dates } = expand(rule, target.startsAt, zone, civilNow(by.now, zone).date);
  const head: SeriesItem = {
    is: 'series',
    seriesId: idempotencyKey ? derivedId('q', tenantId, actor.personId, idempotencyKey) : randomId('q'),
    beneficiaryId,
    actorId: actor.personId,
    centerId,
    title,
    target,
    rule,
    healAfterClosures,
    reachDays: reachIn(cityRulesFrom(rules), target),
    ...(reason === undefined ? {} : { reason }),
    dates: [...dates],
    firstDate: dates[0] ?? rule.dtstart,
    lastDate: dates.at(-1) ?? rule.dtstart,
    ruleTime: target.startsAt,
    createdAt: by.now.toISOString(),
    requestHash: fingerprint(request),
    version: 1,
  };
  return { by, head };
}

/** Goes on where a series was left off. Whoever may book for its person may ask, as often as they like: nothing is booked twice. */
export async function continueSeries(
  context: RequestContext,
  seriesId: SeriesId,
  budgetMs = BUDGET_MS,
): Promise<SeriesView> {
  const { by, stored } = await readSeriesToChange(context, seriesId);
  return showSeries(by, await advance(by, stored, budgetMs));
}

/** A series that the actor may change: for whom they may book, or at whose center they work. Refuses `no-authority`, `not-found`. */
export async function readSeriesToChange(
  context: RequestContext,
  seriesId: SeriesId,
): Promise<{ by: AuthorizedActor; stored: Stored }> {
  const { by } = await authorized(context);
  const stored = await readSeries(by, seriesId);
  const { beneficiaryId: personId, centerId } = stored.head;
  mustNotBeLimited(by, [personId]);
  if (!may(by.ability, 'book', 'Person', { personId }) && !may(by.ability, 'staff', 'Desk', { centerId }))
    throw refuse('no-authority');
  return { by, stored };
}

/** The series as it stands, its bookings looked at. */
export async function showSeries(by: AuthorizedActor, stored: Stored): Promise<SeriesView> {
  const { beneficiaryId, actorId, reason } = stored.head;
  const [rows, { center }, people] = await Promise.all([
    readOwnRows(by, beneficiaryId, bookingsIn(stored.items.values())),
    readOpeningFor(by, stored.head),
    readProfiles(by, reason === undefined ? [beneficiaryId] : [beneficiaryId, actorId]),
  ]);
  const names = {
    beneficiaryName: people.get(beneficiaryId)?.name,
    // Whoever acts at a desk does so by name; of the others in a circle it is no matter.
    actorName: reason === undefined ? undefined : people.get(actorId)?.name,
  };
  return { ...viewOf(stored, rows, civilNow(by.now, center.zone).date), ...names };
}
