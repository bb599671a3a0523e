import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import * as bookings from '../functions/bookings/handler.ts';
import * as rooms from '../functions/rooms/handler.ts';
import * as sessions from '../functions/sessions/handler.ts';
import { type BookingRow, encodeBookingRow } from '../shared/booking/items/booking-row.ts';
import { listedSessionAttributes, type Seat } from '../shared/booking/items/session.ts';
import { routeKeyOf } from '../shared/contracts/endpoint.ts';
import type { Route } from '../shared/http/route.ts';
import { derivedId } from '../shared/kernel/ids.ts';
import { putMany } from '../shared/table/bulk.ts';
import { keys } from '../shared/table/keys.ts';
import { center, people, room, type Someone, session, someone } from '../tests/support/builders.ts';
import { besideRaw, textTable } from './measure.ts';
import { prepareRaw, rawBatchGet, rawClaim, rawPut, rawQuery, rawWeek } from './table.ts';

const DATE = '2026-03-04';

/** A center whose week has 84 sessions of 30 taken places, and somebody with 200 bookings ahead. */
async function prepareLists(of: Someone): Promise<void> {
  const days = Array.from({ length: 7 }, (_, day) => `2026-03-${String(day + 2).padStart(2, '0')}`);
  const seats = Object.fromEntries(
    Array.from({ length: 30 }, (_, index): [string, Seat] => [
      derivedId('p', 'list', String(index)),
      {
        bookingId: `20260304-${String(index).padStart(13, '0')}`,
        actorId: of.personId,
        bookedAt: '2026-03-01T00:00:00.000Z',
        requestHash: 'hash-of-the-request-22',
        orderId: derivedId('o', 'list', String(index)),
      },
    ]),
  );
  await center('classes');
  await Promise.all(
    Array.from({ length: 84 }, (_, index) =>
      session('classes', days[index % 7] ?? DATE, { slug: `class-${index}`, capacity: 30, taken: 30, seats }),
    ),
  );
  await putMany(
    Array.from({ length: 200 }, (_, index) => {
      const date = days[index % 7] ?? DATE;
      const bookingId = `${date.replaceAll('-', '')}-${String(index).padStart(13, '0')}`;
      const row: BookingRow = {
        is: 'booking',
        bookingId,
        kind: 'session',
        state: 'booked',
        beneficiaryId: of.personId,
        actorId: of.personId,
        byStaff: false,
        centerId: 'classes',
        title: { zh: '四点半课堂', en: 'Four-thirty class' },
        date,
        startsAt: '16:30',
        endsAt: '18:00',
        residentPriceFen: 0,
        createdAt: '2026-03-01T00:00:00.000Z',
        requestHash: 'hash-of-the-request-22',
      };
      return { key: keys.booking.booking(of.tenantId, of.personId, bookingId), item: encodeBookingRow(row) };
    }),
  );
}

type Result = APIGatewayProxyStructuredResultV2;
type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Result>;
type Module = { routes: readonly Route[]; handler: Handler };

/** Calls a route as API Gateway would, in this process, so that its CPU time can be counted. */
function caller({ routes, handler }: Module, method: string, template: string) {
  const found = routes.find(({ endpoint }) => endpoint.method === method && endpoint.path === template);
  if (!found) throw new Error(`no route ${method} ${template}`);
  const routeKey = routeKeyOf(found.endpoint);
  return async (
    as: Someone,
    pathParameters: Record<string, string>,
    options: { query?: Record<string, string>; body?: unknown } = {},
  ) => {
    const event = {
      version: '2.0',
      routeKey,
      rawPath: template,
      headers: {
        authorization: `Bearer ${as.token}`,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
      },
      pathParameters,
      queryStringParameters: options.query,
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      isBase64Encoded: false,
      requestContext: { domainName: 'localhost', http: { method, sourceIp: '127.0.0.1' } },
    };
    return handler(event as never, {} as never);
  };
}

/** Table calls and units before the answer, as the pipeline reports them on one machine. */
function tableUseOf({ headers = {} }: Result): { calls: number; read: number; write: number } {
  const text = String(headers['linli-table'] ?? '');
  const part = (name: string) => Number(new RegExp(`${name}=([\\d.]+)`).exec(text)?.[1] ?? Number.NaN);
  return { calls: part('calls'), read: part('read'), write: part('write') };
}

function expectStatus(result: Result, status: number): Result {
  if (result.statusCode !== status) throw new Error(`expected ${status}, got ${result.statusCode}: ${result.body}`);
  return result;
}

/** Measures the operations of the main job against the same calls made raw to the same engine, and prints a table. */
export async function benchOperations(): Promise<string> {
  await center('yuhu');
  await prepareRaw();
  const crowd = await people(900);
  const person = (index: number): Someone => crowd[index % crowd.length] ?? fail();
  const roomIds = await Promise.all(Array.from({ length: 400 }, (_, index) => room('yuhu', `room-${index}`)));
  const large = await Promise.all(
    Array.from({ length: 40 }, (_, index) => session('yuhu', DATE, { slug: `class-${index}`, capacity: 30 })),
  );
  await center('rooms60');
  const sixty = await Promise.all(Array.from({ length: 60 }, (_, index) => room('rooms60', `room-${index}`)));
  const full = await session('yuhu', DATE, { slug: 'full', capacity: 1 });
  const regular = await someone();
  await prepareLists(regular);

  const availability = caller(rooms, 'GET', '/v1/rooms/{roomId}/availability');
  const bookRoom = caller(rooms, 'POST', '/v1/rooms/{roomId}/bookings');
  const bookSeat = caller(sessions, 'POST', '/v1/session-bookings');
  const wholeWeek = caller(rooms, 'GET', '/v1/centers/{centerId}/rooms-week');
  const mine = caller(bookings, 'GET', '/v1/bookings');
  const classes = caller(sessions, 'GET', '/v1/centers/{centerId}/sessions');

  for (const [index, roomId] of sixty.entries()) {
    const body = { date: DATE, startsAt: '11:00', endsAt: '12:00', purpose: 'bench' };
    expectStatus(await bookRoom(person(index), { roomId }, { body }), 201);
  }

  const week = (index: number) =>
    availability(person(index), { roomId: roomIds[index % 400] ?? '' }, { query: { from: '2026-03-02', days: '7' } });
  const centerWeek = (index: number) =>
    wholeWeek(person(index), { centerId: 'rooms60' }, { query: { week: '2026-W10' } });
  const roomBooking = (index: number) =>
    bookRoom(
      person(index),
      { roomId: roomIds[index % 400] ?? '' },
      { body: { date: DATE, startsAt: '09:00', endsAt: '10:30', purpose: 'bench' } },
    );
  const seatBooking = (index: number) =>
    bookSeat(
      person(index + 400),
      {},
      { body: { sessionIds: [large[index % 40]], beneficiaryIds: [person(index + 400).personId] } },
    );
  const losing = (index: number) =>
    bookSeat(person(index), {}, { body: { sessionIds: [full], beneficiaryIds: [person(index).personId] } });
  const list = (index: number) => mine(person(index), {}, { query: { when: 'coming' } });
  expectStatus(
    await bookSeat(person(899), {}, { body: { sessionIds: [full], beneficiaryIds: [person(899).personId] } }),
    201,
  );

  const claims = async (reads: number, seat: () => Promise<unknown>) => {
    await rawBatchGet(reads);
    await seat();
    await rawClaim();
    await rawPut();
  };
  const lines = [
    { name: 'week of a room', run: week, status: 200, raw: () => Promise.all([rawBatchGet(3), rawWeek()]), count: 60 },
    {
      name: 'week of a center, 60 rooms',
      run: centerWeek,
      status: 200,
      raw: () => Promise.all([rawBatchGet(3), rawWeek(), rawWeek()]),
      count: 20,
    },
    { name: 'book a room', run: roomBooking, status: 201, raw: () => claims(6, rawClaim), count: 60 },
    { name: 'book a place', run: seatBooking, status: 201, raw: () => claims(6, rawClaim), count: 60 },
    { name: 'place in a full session', run: losing, status: 409, raw: () => rawBatchGet(6), count: 60 },
    {
      name: 'my bookings',
      run: list,
      status: 200,
      raw: async () => {
        await rawBatchGet(1);
        await rawWeek();
      },
      count: 60,
    },
    {
      name: 'my bookings, 200 ahead, one page',
      run: () => mine(regular, {}, { query: { when: 'coming' } }),
      status: 200,
      raw: async () => {
        await rawBatchGet(1);
        await rawQuery(keys.booking.agenda(regular.tenantId, regular.personId), ['BOOKING#', 'BOOKING#~'], {
          limit: 101,
        });
      },
      count: 40,
    },
    {
      name: 'sessions of a week, 84 of 30 places',
      run: (index: number) => classes(person(index), { centerId: 'classes' }, { query: { from: '2026-03-02' } }),
      status: 200,
      raw: () =>
        rawQuery(keys.booking.sessionWeek(regular.tenantId, 'classes', '2026-W10'), ['2026', '2027'], {
          attributes: listedSessionAttributes,
        }),
      count: 20,
    },
  ];
  const rows: (string | number)[][] = [
    ['operation', 'calls', 'read units', 'write units', 'own CPU ms', 'per s', 'raw per s', 'ratio'],
  ];
  for (const { name, run, status, raw, count } of lines) {
    // One alone first, because the meter counts for the whole process; far from the indexes of the rounds, so nothing is booked twice.
    const { calls, read, write } = tableUseOf(expectStatus(await run(count * 6 + 1), status));
    const {
      ours,
      raw: twin,
      ratio,
      ownCpuMs,
    } = await besideRaw(async (index) => expectStatus(await run(index), status), raw, { count });
    rows.push([name, calls, read, write, ownCpuMs, Math.round(ours.perSecond), Math.round(twin.perSecond), ratio]);
  }
  return textTable(rows);
}

function fail(): never {
  throw new Error('nobody there');
}
