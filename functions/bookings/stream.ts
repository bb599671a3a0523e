import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamHandler } from 'aws-lambda';
import { type Authorized, asSystem } from '../../shared/access/authorize.ts';
import { bookingRow } from '../../shared/booking/booking-row.ts';
import { type RoomEntry, roomDayItem } from '../../shared/booking/day-sheet.ts';
import { order } from '../../shared/booking/orders.ts';
import { reconcileOrder, reconcileRoomEntry, reconcileSeat } from '../../shared/booking/reconcile.ts';
import { type Seat, sessionItem } from '../../shared/booking/session-item.ts';
import { logger } from '../../shared/http/telemetry.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import type { RawItem } from '../../shared/table/conditions.ts';
import { tellBooked, tellCanceled } from './notices.ts';
import { roomName } from './store.ts';

type Change = { sk: string; before: RawItem | undefined; after: RawItem };

const image = (attributes: unknown): RawItem | undefined =>
  attributes ? unmarshall(attributes as Parameters<typeof unmarshall>[0]) : undefined;

/** A seat as far as the derived rows depend on it. */
const markOf = (seat: Seat | undefined): string =>
  seat ? `${seat.b} ${seat.i ?? ''} ${seat.x ?? ''} ${seat.n ?? ''}` : '';

async function onSession(by: Authorized, { before, after }: Change): Promise<void> {
  const now = sessionItem.parse(after);
  const was = before ? sessionItem.parse(before) : undefined;
  const people = new Set([...Object.keys(now.seats), ...Object.keys(was?.seats ?? {})]);
  for (const personId of people) {
    const seat = now.seats[personId];
    const past = was?.seats[personId];
    if (markOf(seat) === markOf(past)) continue;
    // One booking gave way to another between two records: both are looked at.
    const ids = new Set([seat?.b, past?.b].filter((id) => id !== undefined));
    for (const bookingId of ids)
      await reconcileSeat(by, now.sessionId, personId, bookingId, { claim: was ?? now, gone: now.gone });
  }
}

async function onRoomDay(by: Authorized, { sk, before, after }: Change): Promise<void> {
  const [roomId = '', date = ''] = sk.split('#');
  const sheet = roomDayItem.parse(after);
  const now: Record<string, RoomEntry> = sheet.entries;
  const was: Record<string, RoomEntry> = before ? roomDayItem.parse(before).entries : {};
  for (const id of new Set([...Object.keys(now), ...Object.keys(was)])) {
    const entry = now[id] ?? was[id];
    if (!entry || (id in now && id in was)) continue;
    await reconcileRoomEntry(by, roomId, () => roomName(by, roomId), date, id, { claim: entry, gone: sheet.gone });
  }
}

async function onOrder(by: Authorized, { before, after }: Change): Promise<void> {
  const now = order.parse(after);
  if (now.status !== 'claiming' && before?.['status'] !== now.status)
    await reconcileOrder(by, now, (roomId) => roomName(by, roomId));
}

async function onBooking(by: Authorized, { before, after }: Change): Promise<void> {
  const row = bookingRow.parse(after);
  if (!before && row.state !== 'canceled') await tellBooked(by, row);
  if (before && before['state'] !== 'canceled' && row.state === 'canceled') await tellCanceled(by, row);
}

const byKind: Record<string, (by: Authorized, change: Change) => Promise<void>> = {
  session: onSession,
  'room-day': onRoomDay,
  order: onOrder,
  booking: onBooking,
};

async function follow({ dynamodb }: DynamoDBRecord): Promise<void> {
  const after = image(dynamodb?.NewImage);
  const follower = byKind[String(after?.['is'])];
  if (!after || !follower) return;
  const [tenantId = ''] = String(after['pk']).split('#');
  await follower(asSystem(tenantId, clockNow()), { sk: String(after['sk']), before: image(dynamodb?.OldImage), after });
}

/**
 * Follows the claims: what a handler that died did not write is written here, and people are told. Each step looks at the claim as it
 * stands, so records may come twice or late. A failed record is given back, with all after it, and tried again.
 */
export const handler: DynamoDBStreamHandler = async ({ Records }): Promise<DynamoDBBatchResponse> => {
  for (const record of Records) {
    try {
      await follow(record);
    } catch (error) {
      const itemIdentifier = record.dynamodb?.SequenceNumber ?? '';
      logger.error('stream record failed', { itemIdentifier, error: error instanceof Error ? error : String(error) });
      return { batchItemFailures: [{ itemIdentifier }] };
    }
  }
  return { batchItemFailures: [] };
};
