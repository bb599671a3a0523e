import { may } from '../../shared/access/abilities.ts';
import { authorized, mustBeAble, mustNotBeLimited } from '../../shared/access/authorize.ts';
import { rowFactFrom, rowFactKey } from '../../shared/booking/facts/bookings.ts';
import type { BookingId, CenterId, PersonId } from '../../shared/contracts/common.ts';
import type { DoorKey, EntryCode } from '../../shared/contracts/doors.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { logReads } from '../people/index.ts';
import { deriveEntryCode } from './items.ts';
import { windowOf } from './rules.ts';
import { readKeysOfCenter } from './store.ts';

/** A booking in one of these states is somebody's; a held one is not yet, a canceled one no more. */
const opening: readonly string[] = ['booked', 'checked-in', 'checked-out'];

/**
 * The code of a booking that has a room, for the person, who acts for them, or the staff of its center, who print it on a slip; their
 * look is logged for the person to see. Refuses `no-authority`; `not-found` when there is no such
 * booking, it has no room, or it does not stand.
 */
export async function readEntryCode(
  context: RequestContext,
  personId: PersonId,
  bookingId: BookingId,
): Promise<EntryCode> {
  const { by, items } = await authorized(context, [rowFactKey(context.tenantId, personId, bookingId)]);
  const row = rowFactFrom(items[0]);
  if (!may(by.ability, 'read', 'Person', { personId })) {
    if (!row || !may(by.ability, 'staff', 'Desk', { centerId: row.centerId })) throw refuse('no-authority');
    mustNotBeLimited(by, [personId]);
    await logReads(by, [personId], { as: 'center-staff', what: `slip ${row.centerId}` });
  }
  if (!row?.roomId || !opening.includes(row.state)) throw refuse('not-found');
  const { opensAt, closesAt } = windowOf(row);
  return {
    code: await deriveEntryCode(by.tenantId, bookingId),
    roomId: row.roomId,
    opensAt: opensAt.toISOString(),
    closesAt: closesAt.toISOString(),
  };
}

/** The keys of all doors of a center, for its staff. Refuses `forbidden`. */
export async function listDoorKeys(context: RequestContext, centerId: CenterId): Promise<DoorKey[]> {
  const { by } = await authorized(context);
  mustBeAble(by, 'staff', 'Desk', { centerId });
  return readKeysOfCenter(by, centerId);
}
