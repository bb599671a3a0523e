import type { Authorized } from '../../../../shared/access/authorize.ts';
import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import type { HoldReason } from '../../../../shared/booking/items/order.ts';
import type { PreviewedOccurrence } from '../../../../shared/contracts/series.ts';
import { inParallel } from '../../../../shared/kernel/in-parallel.ts';
import { type CenterOpening, readOffering } from '../../../centers/index.ts';
import type { SeriesItem } from '../../items.ts';
import { tryOne } from '../commands/booking.ts';
import type { Slot } from '../items.ts';
import { mayStillCome, occurrenceStateOf, whyOnDay, wordsFor } from '../rules/state.ts';

import { alternativesFor } from './alternatives.ts';

/** Dates looked at together. */
const AT_ONCE = 8;

/** Where an occurrence would be, and the booking whose place it would take. */
export type Wanted = { readonly recurrence: string; readonly place: Slot; readonly old?: BookingRow | undefined };

/** What would become of each of these now; nothing is written. Refuses what is no matter of the date. */
export function previewOutcomesOf(
  by: Authorized,
  head: SeriesItem,
  opening: CenterOpening,
  today: string,
  wanted: readonly Wanted[],
): Promise<PreviewedOccurrence[]> {
  const alternative = alternativesFor(by, head, opening);
  const fateOf = async ({ recurrence, place, old }: Wanted): Promise<PreviewedOccurrence> => {
    const { date, startsAt, endsAt } = place;
    const where = { recurrence, date, startsAt, ...(endsAt ? { endsAt } : {}) };
    if (occurrenceStateOf(head, date, undefined, today) === 'later') return { ...where, fate: 'waiting' };
    const refusal = await tryOne(by, head, { recurrence, place, tries: 0, sequence: 0 }, old);
    if (!refusal) return { ...where, fate: 'free' };
    const no = whyOnDay(refusal.code, opening.on(date));
    if (no.code === 'not-found' && mayStillCome(date, today)) return { ...where, fate: 'waiting' };
    const found = await alternative(place);
    const why = { code: no.code, why: wordsFor(no) };
    return { ...where, fate: 'skipped', ...why, ...(found ? { alternative: found } : {}) };
  };
  return inParallel(wanted, AT_ONCE, fateOf);
}

/** Whose word what a resident books of this series waits for first, if anybody's; what staff book counts at once. */
export async function readAwaitedWord(
  by: Authorized,
  { target: { offeringId }, reason }: Pick<SeriesItem, 'target' | 'reason'>,
): Promise<{ heldFor?: HoldReason }> {
  if (offeringId === undefined || reason !== undefined) return {};
  const offering = await readOffering(by, offeringId);
  if (offering?.policy?.approval) return { heldFor: 'approval' };
  return offering?.policy?.payment && offering.residentPriceFen > 0 ? { heldFor: 'payment' } : {};
}
