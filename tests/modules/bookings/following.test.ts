import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { followers } from '../../../functions/stream/follow.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { filtersOf } from '../../../functions/stream/plan.ts';
import { matchesPattern } from '../../../local/events/filter.ts';
import { message } from '../../../shared/messages/message.ts';
import { resetTableUse, tableUse } from '../../../shared/table/meter.ts';
import { center, people, room, type Someone, session } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { StreamReader } from '../../support/stream.ts';

const city = cityOf(sessions, rooms, bookings);
const DATE = '2026-03-04';
/** Bookings of one batch: each has a record of its claim and one of its row. */
const BOOKINGS = 20;

const stream = new StreamReader();
const patterns = filtersOf(followers);
/** What would wake the stream's function. */
const records = async (): Promise<DynamoDBRecord[]> =>
  (await stream.next()).filter((record) => patterns.some((pattern) => matchesPattern(pattern, record)));

/** Delivers a batch; gives what it asked of the table. */
async function follow(batch: readonly DynamoDBRecord[]) {
  resetTableUse();
  const event = { Records: [...batch] } satisfies DynamoDBStreamEvent;
  expect(await handler(event, {} as Context, () => undefined)).toEqual({ batchItemFailures: [] });
  return tableUse();
}

const kindOf = ({ dynamodb }: DynamoDBRecord): string | undefined => dynamodb?.NewImage?.['is']?.S;
const isOf = (kind: string) => (record: DynamoDBRecord) => kindOf(record) === kind;

let crowd: Someone[];
beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
  crowd = await people(BOOKINGS);
});

async function bookSeats(slug: string, startsAt: string, endsAt: string): Promise<void> {
  const sessionId = await session('yuhu', DATE, { slug, capacity: BOOKINGS, startsAt, endsAt });
  for (const as of crowd) {
    const body = { sessionIds: [sessionId], beneficiaryIds: [as.personId] };
    expect((await city.post('/v1/session-bookings', { as, body })).status).toBe(201);
  }
}

async function bookRooms(): Promise<void> {
  for (const [index, as] of crowd.entries()) {
    const roomId = await room('yuhu', `room-${index}`);
    const body = { date: DATE, startsAt: '09:00', endsAt: '10:00', purpose: 'chess' };
    expect((await city.post(`/v1/rooms/${roomId}/bookings`, { as, body })).status).toBe(201);
  }
}

describe('a batch of bookings whose handlers are done', () => {
  test.each([
    ['seats', 'session', () => bookSeats('whole', '16:00', '16:30')],
    ['rooms', 'room-day', bookRooms],
  ])('%s: one read for all of it, nothing written again, everybody told once', async (_, kind, book) => {
    await records();
    await book();
    const batch = await records();
    expect(batch.map(kindOf).sort()).toEqual(
      [...Array.from({ length: BOOKINGS }, () => 'booking'), ...Array.from({ length: BOOKINGS }, () => kind)].sort(),
    );
    await takeMessages();
    // The center, and the name of each; no claim, no day, no row.
    expect(await follow(batch)).toMatchObject({ calls: 1, writeUnits: 0 });
    const told = (await takeMessages()).map((one) => message.parse(one));
    expect(told.filter(({ kind: what }) => what === 'booking-confirmed')).toHaveLength(BOOKINGS);
  });

  test('claims whose rows come in another batch: their rows are read at once', async () => {
    await records();
    await bookSeats('apart', '17:00', '17:30');
    const batch = await records();
    expect(await follow(batch.filter(isOf('session')))).toMatchObject({ calls: 1, writeUnits: 0 });
  });
});

test('a record that cannot be read is given back with all after it; what came before it is done, and told', async () => {
  await bookSeats('broken', '19:00', '19:30');
  const [first, second, third] = (await records()).filter(isOf('booking'));
  if (!first || !second?.dynamodb?.NewImage || !third) throw new Error('three rows');
  const { state: _, ...NewImage } = second.dynamodb.NewImage;
  const broken = { ...second, dynamodb: { ...second.dynamodb, NewImage } };
  await takeMessages();
  const answer = await handler({ Records: [first, broken, third] }, {} as Context, () => undefined);
  expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: second.dynamodb.SequenceNumber }] });
  expect(await takeMessages()).toHaveLength(1);
});

describe('a place that is given back', () => {
  test('by a handler that is done costs nothing but the message', async () => {
    await bookSeats('back', '18:00', '18:30');
    await records();
    const [first] = crowd;
    if (!first) throw new Error('nobody there');
    const mine = (await city.get('/v1/bookings', { as: first })).body.bookings;
    const { bookingId } = mine.find(({ sessionId = '' }) => sessionId.includes('back'));
    expect((await city.post(`/v1/people/${first.personId}/bookings/${bookingId}/cancel`, { as: first })).status).toBe(
      200,
    );
    expect(await follow(await records())).toMatchObject({ calls: 1, writeUnits: 0 });
  });
});
