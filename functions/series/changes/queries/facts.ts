import type { AuthorizedActor } from '../../../../shared/access/authorize.ts';
import type { BookingRow } from '../../../../shared/booking/items/booking-row.ts';
import { civilNow } from '../../../../shared/kernel/days.ts';
import type { CenterOpening } from '../../../centers/index.ts';
import { bookingsIn } from '../../occurrences/items.ts';
import { readOwnRows } from '../../occurrences/store.ts';
import { readOpeningFor, type Stored } from '../../store.ts';

/** All that a change is decided by. */
export type Facts = Stored & {
  readonly rows: ReadonlyMap<string, BookingRow>;
  readonly opening: CenterOpening;
  readonly today: string;
};

export async function readFacts(by: AuthorizedActor, stored: Stored): Promise<Facts> {
  const { head, items } = stored;
  const ids = bookingsIn(items.values());
  const [rows, opening] = await Promise.all([readOwnRows(by, head.beneficiaryId, ids), readOpeningFor(by, head)]);
  return { ...stored, rows, opening, today: civilNow(by.now, opening.center.zone).date };
}
