import * as z from 'zod';
import type { Authorized } from '../../shared/access/authorize.ts';
import { readRoomDay } from '../../shared/booking/facts/days.ts';
import { readOrder } from '../../shared/booking/facts/orders.ts';
import { readSessionsOn } from '../../shared/booking/facts/sessions.ts';
import type { RoomEntry } from '../../shared/booking/items/day-sheet.ts';
import {
  type BookingId,
  type CenterId,
  type DoorKeyId,
  type OrderId,
  type PersonId,
  personId,
  type RoomId,
} from '../../shared/contracts/common.ts';
import { doorKey } from '../../shared/contracts/doors.ts';
import { epochSeconds } from '../../shared/kernel/clock.ts';
import { refuse } from '../../shared/kernel/refusal.ts';
import { condition, exists } from '../../shared/table/conditions.ts';
import { centerOf, keys } from '../../shared/table/keys.ts';
import { get, queryAll } from '../../shared/table/read.ts';
import { isOfRequest, requestHashAttribute, storedAs } from '../../shared/table/stored.ts';
import { put, update } from '../../shared/table/write.ts';
import { countingWindow, ENTRIES_KEPT_SECONDS, WRONG_CODES, WRONG_CODES_WINDOW_SECONDS } from './rules.ts';

/** `DOOR#<center> / KEY#<room>#<keyId>`: a lock's key, by its fingerprint. */
const doorKeyFields = doorKey.extend({ keyMac: z.string(), byId: personId, requestHash: z.string() });
export type DoorKeyItem = z.infer<typeof doorKeyFields>;
export const doorKeyItem = storedAs(doorKeyFields, requestHashAttribute);

/**
 * Keeps a key under its id. A repeat puts a new key in the place of the one whose answer must have been lost. Refuses
 * `idempotency-key-reused`, and `not-found` when it has been revoked.
 */
export async function keepKey(by: Authorized, item: DoorKeyItem): Promise<void> {
  await put({
    key: keys.doors.key(by.tenantId, item.roomId, item.keyId),
    item: { ...z.encode(doorKeyItem, item), is: 'door-key' },
    values: { ':hash': item.requestHash },
    conditions: [
      condition(
        'new, or the same again',
        `attribute_not_exists(pk) OR (${requestHashAttribute.requestHash} = :hash AND attribute_not_exists(revokedAt))`,
      ),
    ],
    meaning: (stored) => refuse(isOfRequest(stored, item.requestHash) ? 'not-found' : 'idempotency-key-reused'),
  });
}

/** The keys of all doors of a center, revoked ones too, oldest first. */
export async function readKeysOfCenter(by: Authorized, centerId: CenterId): Promise<DoorKeyItem[]> {
  const items = await queryAll({ pk: keys.doors.list(by.tenantId, centerId), begins: 'KEY#' }, doorKeyItem);
  return items.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
}

export const readKey = (by: Authorized, roomId: RoomId, keyId: DoorKeyId): Promise<DoorKeyItem | undefined> =>
  get(keys.doors.key(by.tenantId, roomId, keyId), doorKeyItem);

/** From now on the key opens nothing. Refuses `not-found`. */
export async function revokeKey(by: Authorized, roomId: RoomId, keyId: DoorKeyId): Promise<void> {
  await update({
    key: keys.doors.key(by.tenantId, roomId, keyId),
    update: 'SET revokedAt = if_not_exists(revokedAt, :now)',
    values: { ':now': by.now.toISOString() },
    conditions: [exists],
    meaning: () => refuse('not-found'),
  });
}

/**
 * Takes one of the tries that a door has in a window of time, before anything is compared, so that no more are ever compared however
 * many come at once. Gives back how to return it, for a code that was right. Refuses `rate-limited`.
 */
export async function takeTry(by: Authorized, roomId: RoomId): Promise<() => Promise<void>> {
  const { startsAt, secondsLeft } = countingWindow(epochSeconds(by.now));
  const key = keys.doors.tries(by.tenantId, roomId, String(startsAt));
  await update({
    key,
    update: 'SET ttlEpochSeconds = :ttl ADD tries :one',
    values: { ':ttl': startsAt + 2 * WRONG_CODES_WINDOW_SECONDS, ':one': 1, ':most': WRONG_CODES },
    conditions: [condition('tries left', 'attribute_not_exists(tries) OR tries < :most')],
    meaning: () => refuse('rate-limited', { retryAfterSeconds: secondsLeft }),
  });
  return async () => {
    await update({ key, update: 'ADD tries :back', values: { ':back': -1 } });
  };
}

/** Whatever may open a room's door on a date. */
export type Opener = {
  readonly bookingId: BookingId;
  readonly personId: PersonId;
  readonly date: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly orderId?: OrderId | undefined;
};

/** The bookings of a room on a date, and the places of the sessions that are held in it. */
export async function readOpeners(by: Authorized, roomId: RoomId, date: string): Promise<Opener[]> {
  const centerId = centerOf(roomId);
  const [sheet, sessions] = await Promise.all([readRoomDay(by, roomId, date), readSessionsOn(by, centerId, date)]);
  const rooms = Object.entries(sheet?.entries ?? {}).flatMap(([bookingId, entry]) =>
    entry.personId ? [{ bookingId, ...openerOfEntry(entry, entry.personId), date }] : [],
  );
  const seats = sessions
    .filter((session) => session.roomId === roomId)
    .flatMap(({ seats: places, startsAt, endsAt }) =>
      Object.entries(places).map(([holderId, seat]) => ({
        bookingId: seat.bookingId,
        personId: holderId,
        date,
        startsAt,
        endsAt,
        orderId: seat.orderId,
      })),
    );
  return [...rooms, ...seats];
}

const openerOfEntry = ({ startsAt, endsAt, orderId }: RoomEntry, holderId: PersonId) => ({
  personId: holderId,
  startsAt,
  endsAt,
  orderId,
});

/** Whether the places of an order are bookings; until then they are only held. */
export async function isDecided(by: Authorized, orderId: OrderId): Promise<boolean> {
  return (await readOrder(by, orderId))?.status === 'booked';
}

/** Writes who came in when. The same code again in the same second is the same line. */
export async function logEntry(by: Authorized, roomId: RoomId, opener: Opener): Promise<void> {
  const at = by.now.toISOString();
  await put({
    key: keys.doors.entry(by.tenantId, roomId, at, opener.bookingId),
    item: {
      is: 'door-entry',
      roomId,
      at,
      bookingId: opener.bookingId,
      personId: opener.personId,
      ttlEpochSeconds: epochSeconds(by.now) + ENTRIES_KEPT_SECONDS,
    },
  });
}
