import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { auditCenter } from '../../../functions/bookings/schedule.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { releaseSeat } from '../../../shared/booking/claim/release.ts';
import { encodeBookingRow } from '../../../shared/booking/items/booking-row.ts';
import { encodeAgendaEntry, entryAttribute } from '../../../shared/booking/items/day-sheet.ts';
import type { Seat } from '../../../shared/booking/items/session.ts';
import { rowOfSeat } from '../../../shared/booking/row/booking-row.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { quartersBetween } from '../../../shared/kernel/days.ts';
import { bookingIdFor, randomId } from '../../../shared/kernel/ids.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { type Key, keys } from '../../../shared/table/keys.ts';
import { resetTableUse, tableUse } from '../../../shared/table/meter.ts';
import { remove, update } from '../../../shared/table/write.ts';
import { center, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { storedAgendaDay, storedRows } from '../../support/claims.ts';
import { cityOf, setClock, tenants, wait } from '../../support/invoke.ts';

const city = cityOf(sessions, rooms, bookings);
const [tenantId] = tenants();
const system = () => asSystem(tenantId, clockNow());
const DATE = '2026-03-04';
/** Nine in the morning, and the small hours of the next day. */
const MORNING = '2026-03-02T01:00:00Z';
const NIGHT = '2026-03-02T18:00:00Z';

let centers = 0;
let centerId: string;
let person: Someone;
let sessionId: string;
let bookingId: string;

/** What the audit says, and what it asked of the table. */
async function audit() {
  resetTableUse();
  const differing = await auditCenter(system(), centerId);
  return { differing, ...tableUse() };
}

const rowKey = () => keys.booking.booking(tenantId, person.personId, bookingId);
const dayKey = () => writable(keys.booking.agendaDay(tenantId, person.personId, DATE));
const sessionKey = () => writable(keys.booking.session(tenantId, sessionId));
const stateOf = async (id: string) => (await storedRows(person.personId)).find((row) => row.bookingId === id)?.state;
const rowState = () => stateOf(bookingId);

/** The place goes, and the row stays as it is: what a function that died leaves when its record is lost. */
const loseSeat = () =>
  update({
    key: sessionKey(),
    update: 'REMOVE seats.#p ADD taken :minusOne',
    names: { '#p': person.personId },
    values: { ':minusOne': -1 },
  });

beforeEach(async () => {
  setClock(MORNING);
  centers += 1;
  centerId = await center(`audited${centers}`);
  person = await someone();
  sessionId = await session(centerId, DATE);
  const body = { sessionIds: [sessionId], beneficiaryIds: [person.personId] };
  ({ bookingId } = (await city.post('/v1/session-bookings', { as: person, body })).body.bookings[0]);
  wait(120);
});

describe('the audit of a center', () => {
  test('that finds everything in order compares it no more until it changes', async () => {
    const first = await audit();
    const second = await audit();
    expect([first.differing, second.differing]).toEqual([[], []]);
    // On a Monday three weeks of sessions and of sheets, and what was seen; the first time rows and days, and what is seen now.
    expect([first.calls, second.calls]).toEqual([9, 7]);
    expect(second.writeUnits).toBe(0);
  });

  test('finds a row that is missing: of a claim that is new at once, of any other in the night', async () => {
    await remove({ key: rowKey() });
    expect((await audit()).differing).toEqual([bookingId]);
    expect(await rowState()).toBe('booked');
    expect((await audit()).differing).toEqual([]);
    await remove({ key: rowKey() });
    expect((await audit()).differing).toEqual([]);
    setClock(NIGHT);
    expect((await audit()).differing).toEqual([bookingId]);
    expect(await rowState()).toBe('booked');
  });

  test('finds a day that is missing, and takes it', async () => {
    await remove({ key: dayKey() });
    expect((await audit()).differing).toEqual([bookingId]);
    expect(Object.keys((await storedAgendaDay(person.personId, DATE)).entries)).toEqual([bookingId]);
    expect((await audit()).differing).toEqual([]);
  });

  test('ends a row whose claim has gone with a word, when its record does not come until the next audit', async () => {
    await audit();
    await releaseSeat(system(), sessionId, person.personId, bookingId, { because: 'center' });
    expect((await audit()).differing).toEqual([]);
    expect(await rowState()).toBe('booked');
    expect((await audit()).differing).toEqual([bookingId]);
    expect(await rowState()).toBe('canceled');
    expect((await audit()).differing).toEqual([]);
  });

  test('tells of a row whose claim has gone without a word as long as it stands, for nobody knows what it cost', async () => {
    await audit();
    await loseSeat();
    expect((await audit()).differing).toEqual([]);
    expect((await audit()).differing).toEqual([bookingId]);
    expect((await audit()).differing).toEqual([bookingId]);
    expect(await rowState()).toBe('booked');
  });

  test('takes back a place whose row is over: canceled is the end', async () => {
    await update({
      key: rowKey(),
      update: 'SET #state = :canceled',
      names: { '#state': 'state' },
      values: { ':canceled': 'canceled' },
    });
    expect((await audit()).differing).toEqual([bookingId]);
    expect(await storedSession(sessionId)).toMatchObject({ taken: 0, seats: {} });
  });

  test('tells of a session that counts wrong', async () => {
    await audit();
    await update({ key: sessionKey(), update: 'ADD taken :one', values: { ':one': 1 } });
    expect((await audit()).differing).toEqual([sessionId]);
    expect((await audit()).differing).toEqual([sessionId]);
  });

  test('tells of a room whose sheet is taken by nobody, and finds the row of a room that is missing', async () => {
    const roomId = await room(centerId);
    const body = { date: DATE, startsAt: '09:00', endsAt: '10:00', purpose: 'chess' };
    const made = (await city.post(`/v1/rooms/${roomId}/bookings`, { as: person, body })).body.booking;
    wait(120);
    expect((await audit()).differing).toEqual([]);
    const key = writable(keys.booking.roomDay(tenantId, roomId, DATE));
    await update({ key, update: 'ADD busy :quarter', values: { ':quarter': new Set([60]) } });
    expect((await audit()).differing).toEqual([roomId]);
    await update({ key, update: 'DELETE busy :quarter', values: { ':quarter': new Set([60]) } });
    await remove({ key: keys.booking.booking(tenantId, person.personId, made.bookingId) });
    setClock(NIGHT);
    expect((await audit()).differing).toEqual([made.bookingId]);
    expect(await stateOf(made.bookingId)).toBe('booked');
  });
});

describe('a center with 2,400 places taken', () => {
  const CLASSES = 80;
  const EACH = 30;

  beforeAll(() => setClock(MORNING));

  /** Classes with their seats, rows and days, as if booked long ago. */
  async function fill(): Promise<void> {
    const items: { key: Key; item: Record<string, unknown> }[] = [];
    for (let number = 0; number < CLASSES; number += 1) {
      const bookedAt = '2026-03-01T01:00:00.000Z';
      const seats = Object.fromEntries(
        Array.from({ length: EACH }, (): [string, Seat] => {
          const actorId = randomId('p');
          return [actorId, { bookingId: bookingIdFor(DATE, actorId), actorId, bookedAt, requestHash: 'request' }];
        }),
      );
      const facts = { slug: `class-${number}`, capacity: EACH, taken: EACH, seats };
      const stored = await storedSession(await session(centerId, DATE, facts));
      for (const [personId, seat] of Object.entries(seats)) {
        const { startsAt, endsAt, sessionId: of } = stored;
        const day = {
          is: 'agenda-day',
          busy: new Set(quartersBetween(startsAt, endsAt)),
          [entryAttribute(seat.bookingId)]: encodeAgendaEntry({ startsAt, endsAt, of }),
        };
        items.push(
          {
            key: keys.booking.booking(tenantId, personId, seat.bookingId),
            item: encodeBookingRow(rowOfSeat(stored, personId, seat)),
          },
          { key: writable(keys.booking.agendaDay(tenantId, personId, DATE)), item: day },
        );
      }
    }
    await putMany(items);
  }

  test('is audited in some sixty calls, and in a handful while nothing changes', async () => {
    await fill();
    const first = await audit();
    expect(first.differing).toEqual([]);
    // A call for each hundred rows and days, and for each twenty-five of what is remembered; the same few as for any center.
    expect(first.calls).toBeLessThanOrEqual(64);
    const second = await audit();
    expect(second.differing).toEqual([]);
    expect(second.calls).toBeLessThanOrEqual(8);
    await loseSeat();
    const third = await audit();
    // One session more to compare, and to remember.
    expect(third.writeUnits).toBe(1);
    expect(third.calls).toBeLessThanOrEqual(10);
  }, 60_000);
});
