import * as z from 'zod';
import type { Authorized } from '../../../shared/access/authorize.ts';
import type { Localized } from '../../../shared/contracts/common.ts';
import { refuse } from '../../../shared/kernel/refusal.ts';
import { condition, exists, type RawItem } from '../../../shared/table/conditions.ts';
import { type Key, keys } from '../../../shared/table/keys.ts';
import { get, getMany, parsedItem } from '../../../shared/table/read.ts';
import { update, type Write } from '../../../shared/table/write.ts';
import { centerItem } from '../../centers/index.ts';

/**
 * What a closure shuts says by whom it is shut (`shutBy`), in the same write. Lifting takes one name out and makes what is left follow
 * from the names that stay, on the condition that they are still the ones that were read: so two closures of one place never
 * open each other's, whatever the order of their writes. Each write can be repeated.
 */
const TRIES = 10;

/** Makes `change` of the item as it stands until it is accepted; `undefined` says that there is nothing to change. */
async function changed(key: Key, change: (item: RawItem) => (Write & { update: string }) | undefined): Promise<void> {
  for (let tried = 0; tried < TRIES; tried += 1) {
    const [item] = await getMany([key]);
    const write = item && change(item);
    if (!write) return;
    if ((await update({ ...write, meaning: () => 'done' })).outcome === 'fresh') return;
  }
  throw refuse('try-again');
}

const names = z.object({ shutBy: z.set(z.string()).default(new Set()) });

/* rooms and other resources */

export async function shutSheet(
  by: Authorized,
  resourceId: string,
  date: string,
  quarters: readonly number[],
  closureId: string,
): Promise<void> {
  await update({
    key: keys.booking.roomDay(by.tenantId, resourceId, date),
    update: 'SET #is = :is ADD closed :quarters, shutBy :closure',
    names: { '#is': 'is' },
    values: { ':is': 'room-day', ':quarters': new Set(quarters), ':closure': new Set([closureId]) },
  });
}

/** `quartersOf` another closure of this center: what it shuts here; nothing when it is lifted. */
export async function reopenSheet(
  by: Authorized,
  resourceId: string,
  date: string,
  closureId: string,
  quartersOf: (closureId: string) => Promise<readonly number[]>,
): Promise<void> {
  const key = keys.booking.roomDay(by.tenantId, resourceId, date);
  for (let tried = 0; tried < TRIES; tried += 1) {
    const { shutBy } = (await get(key, names)) ?? { shutBy: new Set<string>() };
    if (!shutBy.has(closureId)) return;
    const others = [...shutBy].filter((id) => id !== closureId);
    const left = new Set((await Promise.all(others.map(quartersOf))).flat());
    const { outcome } = await update({
      key,
      update:
        others.length > 0 && left.size > 0
          ? 'SET closed = :left, shutBy = :others'
          : `REMOVE closed${others.length > 0 ? ' SET shutBy = :others' : ', shutBy'}`,
      values: {
        ':asRead': shutBy,
        ...(others.length > 0 ? { ':others': new Set(others) } : {}),
        ...(others.length > 0 && left.size > 0 ? { ':left': left } : {}),
      },
      conditions: [condition('shut by the same', 'shutBy = :asRead')],
      meaning: () => 'done',
    });
    if (outcome === 'fresh') return;
  }
  throw refuse('try-again');
}

/* sessions */

/** From this write on no claim finds the session open; who has a place keeps it until it is given back. */
export async function shutSession(by: Authorized, sessionId: string, closureId: string): Promise<void> {
  await update({
    key: keys.booking.session(by.tenantId, sessionId),
    update:
      'SET shutFrom = if_not_exists(shutFrom, #status), #status = :closed, changedAt = :now ADD shutBy :closure, changes :one',
    names: { '#status': 'status' },
    values: {
      ':closed': 'closed',
      ':closure': new Set([closureId]),
      ':id': closureId,
      ':one': 1,
      ':now': by.now.toISOString(),
    },
    conditions: [exists, condition('not shut by it yet', 'NOT contains(shutBy, :id)')],
    meaning: () => 'done',
  });
}

const shutSessionItem = names.extend({
  shutFrom: z.enum(['open', 'closed', 'allocating']).optional(),
  roundId: z.string().optional(),
});
const roundStanding = z.object({ status: z.string() });
/** A round that has not drawn yet gives places of this session still; one that has passed it by. */
const UNDRAWN = ['preparing', 'open', 'closed', 'listed'];

export async function reopenSession(by: Authorized, sessionId: string, closureId: string): Promise<void> {
  const key = keys.booking.session(by.tenantId, sessionId);
  const standing = await get(key, shutSessionItem);
  const round = standing?.roundId
    ? await get(keys.rounds.round(by.tenantId, standing.roundId), roundStanding)
    : undefined;
  await changed(key, (item) => {
    const { shutBy, shutFrom = 'open' } = parsedItem(shutSessionItem, item);
    if (!shutBy.has(closureId)) return undefined;
    const others = [...shutBy].filter((id) => id !== closureId);
    const values = { ':asRead': shutBy };
    const conditions = [condition('shut by the same', 'shutBy = :asRead')];
    if (others.length > 0)
      return { key, update: 'SET shutBy = :others', values: { ...values, ':others': new Set(others) }, conditions };
    const passedBy = shutFrom === 'allocating' && !UNDRAWN.includes(round?.status ?? '');
    return {
      key,
      update: `SET #status = :before, changedAt = :now REMOVE shutBy, shutFrom${passedBy ? ', roundId' : ''} ADD changes :one`,
      names: { '#status': 'status' },
      values: { ...values, ':before': passedBy ? 'open' : shutFrom, ':one': 1, ':now': by.now.toISOString() },
      conditions,
    };
  });
}

/* whole days of the center */

const shutDays = z.object({
  exceptions: centerItem.shape.exceptions,
  shut: centerItem.shape.shut.default({}),
});
type ShutDays = z.infer<typeof shutDays>;

function daysWrite(key: Key, item: RawItem, { exceptions, shut }: ShutDays): Write & { update: string } {
  const same = (name: string) =>
    condition(
      `${name} as read`,
      item[name] === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${name}Read`,
    );
  return {
    key,
    update: 'SET #exceptions = :exceptions, #shut = :shut',
    names: { '#exceptions': 'exceptions', '#shut': 'shut' },
    values: {
      ':exceptions': exceptions,
      ':shut': shut,
      ...(item['exceptions'] === undefined ? {} : { ':exceptionsRead': item['exceptions'] }),
      ...(item['shut'] === undefined ? {} : { ':shutRead': item['shut'] }),
    },
    conditions: [exists, same('exceptions'), same('shut')],
  };
}

/** Writes the closed days among the center's opening exceptions, where calendars and series look. */
export async function shutCenter(
  by: Authorized,
  centerId: string,
  dates: readonly string[],
  closureId: string,
  reason: Localized,
): Promise<void> {
  const key = keys.centers.center(by.tenantId, centerId);
  await changed(key, (item) => {
    const { exceptions, shut } = parsedItem(shutDays, item);
    const wanted = dates.filter((date) => !shut[date]?.by[closureId]);
    if (wanted.length === 0) return undefined;
    for (const date of wanted) {
      const standing = shut[date] ?? { by: {}, was: exceptions[date] };
      shut[date] = { ...standing, by: { ...standing.by, [closureId]: reason } };
      exceptions[date] = { hours: [], note: reason };
    }
    return daysWrite(key, item, { exceptions, shut });
  });
}

/** Takes the closure out of the exceptions: a day that no other closure shuts is again what it was before. */
export async function reopenCenter(
  by: Authorized,
  centerId: string,
  dates: readonly string[],
  closureId: string,
): Promise<void> {
  const key = keys.centers.center(by.tenantId, centerId);
  await changed(key, (item) => {
    const { exceptions, shut } = parsedItem(shutDays, item);
    const mine = dates.filter((date) => shut[date]?.by[closureId]);
    if (mine.length === 0) return undefined;
    for (const date of mine) {
      const { was, by: names = {} } = shut[date] ?? {};
      const others = Object.entries(names).filter(([id]) => id !== closureId);
      const [first] = others;
      if (first) {
        shut[date] = { by: Object.fromEntries(others), was };
        exceptions[date] = { hours: [], note: first[1] };
        continue;
      }
      delete shut[date];
      if (was) exceptions[date] = was;
      else delete exceptions[date];
    }
    return daysWrite(key, item, { exceptions, shut });
  });
}
