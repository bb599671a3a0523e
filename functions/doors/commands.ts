import { type AuthorizedActor, anyone, authorized, mustBeAble } from '../../shared/access/authorize.ts';
import { type DoorKeyId, doorKeyId, type RoomId } from '../../shared/contracts/common.ts';
import type { DoorKeyCreated } from '../../shared/contracts/doors.ts';
import type { TenantId } from '../../shared/contracts/id.ts';
import type { RequestContext } from '../../shared/http/context.ts';
import { derivedId, fingerprint, randomId } from '../../shared/kernel/ids.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { deriveLookupMac, sameSecret } from '../../shared/keyring/keyring.ts';
import { centerOf } from '../../shared/table/keys.ts';
import { roomFactKey } from '../centers/index.ts';
import { deriveEntryCode } from './items.ts';

import { datesNear, whyNotOpen } from './rules.ts';
import { isDecided, keepKey, logEntry, type Opener, readKey, readOpeners, revokeKey, takeTry } from './store.ts';

async function staffOfRoom(context: RequestContext, roomId: RoomId): Promise<AuthorizedActor> {
  const { by, items } = await authorized(context, [roomFactKey(context.tenantId, roomId)]);
  mustBeAble(by, 'staff', 'Desk', { centerId: centerOf(roomId) });
  if (!items[0]) throw refuse('not-found');
  return by;
}

/** Makes a key for the lock of a room's door and tells it, this once. Refuses `forbidden`, `not-found`. */
export async function makeKey(context: RequestContext, roomId: RoomId, label: string): Promise<DoorKeyCreated> {
  const by = await staffOfRoom(context, roomId);
  const { idempotencyKey } = context;
  const byId = by.actor.personId;
  const keyId = idempotencyKey ? derivedId('k', by.tenantId, byId, roomId, idempotencyKey) : randomId('k');
  // The key names its own record, so that one read finds it; what proves it are the 160 random bits behind.
  const key = `${keyId}.${randomId('')}${randomId('')}`;
  const made = { keyId, roomId, label, createdAt: by.now.toISOString() };
  await keepKey(by, {
    ...made,
    byId,
    keyMac: await deriveLookupMac('door', key),
    requestHash: fingerprint({ roomId, label }),
  });
  return { ...made, key };
}

/** Ends a key at once, for a lock that was lost or taken out. Twice is once. Refuses `forbidden`, `not-found`. */
export async function endKey(context: RequestContext, roomId: RoomId, keyId: DoorKeyId): Promise<void> {
  await revokeKey(await staffOfRoom(context, roomId), roomId, keyId);
}

/**
 * What a lock asks when somebody has typed a code: returns when the door may open. Refuses `not-signed-in` to a key that is not this
 * door's, `rate-limited` after too many wrong codes, `entry-refused` with the reason: `unknown`, `not-yet`, `over`.
 */
export async function enter(context: RequestContext, roomId: RoomId, code: string): Promise<void> {
  const by = anyone(context);
  const presented = context.ownKey ?? '';
  const keyId = doorKeyId.safeParse(presented.split('.')[0]).data;
  const key = keyId && (await readKey(by, roomId, keyId));
  if (!key || key.revokedAt || !sameSecret(key.keyMac, await deriveLookupMac('door', presented)))
    throw refuse('not-signed-in');

  const giveBack = await takeTry(by, roomId);
  const openers = (await Promise.all(datesNear(by.now).map((date) => readOpeners(by, roomId, date)))).flat();
  const known = await matching(by.tenantId, openers, code);
  // A place that waits for a payment or an approval is nobody's yet.
  const stored = await Promise.all(known.map(async ({ orderId }) => !orderId || (await isDecided(by, orderId))));
  const booked = known.filter((_, index) => stored[index]);
  if (booked.length === 0) throw refuse('entry-refused', { reason: 'unknown' });
  await giveBack();
  const open = booked.find((opener) => whyNotOpen(opener, by.now) === undefined);
  if (!open) throw refuse('entry-refused', { reason: booked.map((opener) => whyNotOpen(opener, by.now))[0] });
  await logEntry(by, roomId, open);
}

/** Those whose code it is. Every one is compared, so that the time it takes says nothing. */
async function matching(tenantId: TenantId, openers: readonly Opener[], code: string): Promise<Opener[]> {
  const codes = await Promise.all(openers.map(({ bookingId }) => deriveEntryCode(tenantId, bookingId)));
  const equal = codes.map((own) => sameSecret(own, code));
  return openers.filter((_, index) => equal[index]);
}
