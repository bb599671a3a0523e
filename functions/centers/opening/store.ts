import * as z from 'zod';
import type { Authorized } from '../../../shared/access/authorize.ts';
import type { ClosureId } from '../../../shared/contracts/closures.ts';
import type { CenterId, Localized } from '../../../shared/contracts/common.ts';
import { again, retry } from '../../../shared/kernel/again.ts';
import { condition, exists, type RawItem } from '../../../shared/table/conditions.ts';
import { type Key, keys } from '../../../shared/table/keys.ts';
import { getMany, parsedItem } from '../../../shared/table/read.ts';
import { update, type Write } from '../../../shared/table/write.ts';
import { centerItem } from '../items.ts';

/**
 * What a closure of a whole day shuts says by whom, in the same write; what it shuts of rooms and sessions says so in the same way
 * (`shared/booking/claim/shut.ts`). Each write can be repeated.
 */
const ROUNDS = 10;

/** Makes `change` of the item as it stands until it is accepted; `undefined` says that there is nothing to change. */
function changed(key: Key, change: (item: RawItem) => (Write & { update: string }) | undefined): Promise<void> {
  return again(ROUNDS, async () => {
    const [item] = await getMany([key]);
    const write = item && change(item);
    if (!write) return;
    const { outcome } = await update({ ...write, meaning: () => 'done' });
    return outcome === 'fresh' ? undefined : retry;
  });
}

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
  centerId: CenterId,
  dates: readonly string[],
  closureId: ClosureId,
  reason: Localized,
): Promise<void> {
  const key = keys.centers.center(by.tenantId, centerId);
  await changed(key, (item) => {
    const { exceptions, shut } = parsedItem(shutDays, item);
    const wanted = dates.filter((date) => !shut[date]?.by[closureId]);
    if (wanted.length === 0) return undefined;
    for (const date of wanted) {
      const stored = shut[date] ?? { by: {}, was: exceptions[date] };
      shut[date] = { ...stored, by: { ...stored.by, [closureId]: reason } };
      exceptions[date] = { hours: [], note: reason };
    }
    return daysWrite(key, item, { exceptions, shut });
  });
}

/** Takes the closure out of the exceptions: a day that no other closure shuts is again what it was before. */
export async function reopenCenter(
  by: Authorized,
  centerId: CenterId,
  dates: readonly string[],
  closureId: ClosureId,
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
