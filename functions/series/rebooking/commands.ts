import type { Authorized } from '../../../shared/access/authorize.ts';
import type { BookingId, CenterId } from '../../../shared/contracts/common.ts';
import { epochSeconds } from '../../../shared/kernel/clock.ts';
import { CIVIL_ZONE, civilNow, type IsoDate } from '../../../shared/kernel/days.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { advance } from '../occurrences/commands/advancing.ts';
import { isClosure } from '../occurrences/rules/state.ts';
import { readOwnRows, recordAsRead } from '../occurrences/store.ts';
import { readSeries, setDue } from '../store.ts';
import { readRebookings } from './store.ts';

export type Reopened = {
  readonly centerId: CenterId;
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Whether another place has been accepted, or is still kept, in the stead of a booking that a closure ended. */
  readonly isReplaced?: (bookingId: BookingId) => Promise<boolean>;
};

/**
 * To be called when a closure of a center, or of anything in it, is lifted: dates of series that it took, skipped when they were to be
 * booked or canceled when they stood, are booked after all, where the series was made with that wish. What is free by then and within
 * the rules is taken, everything else stays skipped with its reason. Repeated, it changes nothing; the schedule finishes what it leaves.
 */
export async function rebookAfterClosure(by: Authorized, { centerId, from, to, isReplaced }: Reopened): Promise<void> {
  const today = civilNow(by.now, CIVIL_ZONE).date;
  const wanted = await readRebookings(by, centerId, from < today ? today : from, to);
  for (const [seriesId, dates] of Map.groupBy(wanted, (healing) => healing.seriesId)) {
    const stored = await readSeries(by, seriesId).catch((error: unknown) => {
      if (isRefusal(error, 'not-found')) return undefined;
      throw error;
    });
    if (!stored) continue;
    const items = dates.flatMap(({ recurrence }) => stored.items.get(recurrence) ?? []);
    const ids = items.flatMap(({ bookingId }) => bookingId ?? []);
    const rows = await readOwnRows(by, stored.head.beneficiaryId, ids);
    const replaced = new Set<string>();
    for (const bookingId of ids) if (await isReplaced?.(bookingId)) replaced.add(bookingId);
    const taken = items.filter(({ outcome, code, bookingId, wish }) => {
      if (wish || (bookingId && replaced.has(bookingId))) return false;
      if (outcome === 'skipped') return isClosure(code);
      const row = bookingId ? rows.get(bookingId) : undefined;
      return outcome === 'booked' && row?.state === 'canceled' && row.because === 'closure';
    });
    if (taken.length === 0) continue;
    // Due first: what is opened here is finished by the schedule should this end in between.
    await setDue(by, seriesId, epochSeconds(by.now) + 60);
    for (const item of taken) {
      const { code: _, note: __, alternative: ___, ...rest } = item;
      const open = { ...rest, outcome: 'open' as const };
      await recordAsRead(by, seriesId, open, item);
    }
    await advance(by, await readSeries(by, seriesId));
  }
}
