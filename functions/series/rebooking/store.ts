import type { Authorized } from '../../../shared/access/authorize.ts';
import type { CenterId } from '../../../shared/contracts/common.ts';
import { addDays, instantOf } from '../../../shared/kernel/days.ts';
import { keys } from '../../../shared/table/keys.ts';
import { queryAll } from '../../../shared/table/read.ts';
import { put } from '../../../shared/table/write.ts';
import type { SeriesItem } from '../items.ts';
import { rebookingItem } from './items.ts';

/** Notes that this date is wanted back should a closure have taken it; forgotten when the date is over. */
export async function rememberRebooking(by: Authorized, head: SeriesItem, date: string, recurrence: string) {
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
export const readRebookings = (by: Authorized, centerId: CenterId, from: string, to: string) =>
  queryAll({ pk: keys.series.healings(by.tenantId, centerId), between: [`${from}#`, `${to}$`] }, rebookingItem);
