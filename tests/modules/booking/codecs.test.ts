import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type ClaimEnd, claimEnd } from '../../../shared/booking/items/claim-end.ts';
import {
  type AgendaEntry,
  agendaDayItem,
  agendaEntry,
  encodeRoomEntry,
  entryAttribute,
  listedRoomDay,
  occupancyOf,
  type RoomEntry,
  roomDayItem,
  roomEntry,
} from '../../../shared/booking/items/day-sheet.ts';
import {
  encodeSession,
  type Seat,
  seat,
  sessionItem,
  type WaitDecision,
  waitDecision,
} from '../../../shared/booking/items/session.ts';
import { storedAs } from '../../../shared/table/stored.ts';

const characters = (text: string) => fc.constantFrom(...text);
const word = (length: number) =>
  fc.string({ unit: characters('0123456789abcdefghjkmnpqrstvwxyz'), minLength: length, maxLength: length });
const id = (prefix: string) => word(16).map((rest) => prefix + rest);
const bookingIds = word(13).map((rest) => `20260304-${rest}`);
const instants = fc
  .date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const times = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`;
});
const count = fc.integer({ min: 0, max: 1_000_000 });
const small = fc.integer({ min: 0, max: 8 });
const text = fc.string({ minLength: 1 });
const cancellation = fc.array(fc.record({ underHours: count, keepPercent: fc.integer({ min: 0, max: 100 }) }), {
  maxLength: 3,
});
const occurrence = fc.tuple(id('q'), text, small);
const rooms = word(4).map((slug) => `yuhu.r${slug}`);

const claimed = fc.array(fc.record({ id: text, amount: count, most: count }), { maxLength: 2 });

const seats: fc.Arbitrary<Seat> = fc.record(
  {
    bookingId: bookingIds,
    actorId: id('p'),
    bookedAt: instants,
    requestHash: text,
    orderId: id('o'),
    heldUntilEpochSeconds: count,
    staffReason: text,
    checkedInAt: instants,
    checkedOutAt: instants,
    priceFen: count,
    chargedFen: count,
    uncountedRanks: fc.array(small),
    cancellation,
    paidWith: fc.record({
      kind: fc.constantFrom('pass', 'fund'),
      id: text,
      name: fc.constant({ zh: '次卡', en: 'Pass' }),
      amountFen: count,
    }),
    isPriority: fc.boolean(),
    roundId: text,
    occurrence,
    isNoShow: fc.boolean(),
    noShowMark: fc.tuple(text, instants),
    charges: claimed,
  },
  { requiredKeys: ['bookingId', 'actorId', 'bookedAt', 'requestHash'] },
);

const roomEntries: fc.Arbitrary<RoomEntry> = fc.record(
  {
    startsAt: times,
    endsAt: times,
    personId: id('p'),
    actorId: id('p'),
    bookedAt: instants,
    requestHash: text,
    purpose: text,
    buffers: fc.tuple(small, small),
    with: fc.array(rooms, { maxLength: 2 }),
    mainRoomId: rooms,
    orderId: id('o'),
    heldUntilEpochSeconds: count,
    offeringId: text,
    priceFen: count,
    cancellation,
    allowanceQuarters: fc.tuple(small, small),
    organizationId: text,
    staffReason: text,
    occurrence,
    charges: claimed,
  },
  { requiredKeys: ['startsAt', 'endsAt'] },
);

const charges = fc.array(
  fc.record(
    { of: text, id: text, amount: count, pricedQuarters: fc.integer({ min: 1, max: 99 }), countedAs: bookingIds },
    { requiredKeys: ['of', 'id', 'amount'] },
  ),
  { maxLength: 3 },
);
const agendaEntries: fc.Arbitrary<AgendaEntry> = fc.record(
  { startsAt: times, endsAt: times, of: text, charges },
  { requiredKeys: ['startsAt', 'endsAt', 'of'] },
);

const ends: fc.Arbitrary<ClaimEnd> = fc.record(
  {
    bookingId: bookingIds,
    endedBy: id('p'),
    because: text,
    keptFen: count,
    refundFen: count,
    keptPercent: small,
    moved: fc.dictionary(bookingIds, fc.integer()),
  },
  { requiredKeys: ['bookingId', 'because'] },
);

const decisions: fc.Arbitrary<WaitDecision> = fc.record(
  {
    number: count,
    at: instants,
    free: small,
    lead: id('p'),
    size: small,
    what: fc.constantFrom('offered', 'dropped'),
    why: fc.constantFrom('no-entry', 'has-a-place'),
    orderId: id('o'),
    skipped: fc.array(fc.record({ lead: id('p'), size: small, why: fc.constantFrom('party-too-large', 'busy-then') }), {
      maxLength: 2,
    }),
  },
  { requiredKeys: ['number', 'at', 'free', 'lead', 'size', 'what', 'skipped'] },
);

/** Written to the table and read back. */
function roundTrip<S extends z.ZodType>(codec: S, value: z.output<S>): z.output<S> {
  const stored = marshall(z.encode(codec, value), { removeUndefinedValues: true });
  return codec.parse(unmarshall(stored));
}

describe('what is written is what is read', () => {
  test.each([
    ['a seat', seat, seats],
    ["an entry of a room's day", roomEntry, roomEntries],
    ["an entry of a person's day", agendaEntry, agendaEntries],
    ['the end of a claim', claimEnd, ends],
    ['a decision of the waitlist', waitDecision, decisions],
  ] as const)('%s', (_, codec: z.ZodType, values: fc.Arbitrary<unknown>) => {
    fc.assert(
      fc.property(values, (value) => {
        expect(roundTrip(codec, value)).toEqual(value);
      }),
    );
  });

  test('a name that has a letter is no attribute: what stands under it is not taken for it', () => {
    const codec = storedAs(z.object({ long: z.string(), plain: z.int() }), { long: 'l' });
    expect(codec.parse({ l: 'kept', long: 'strange', plain: 1, other: 2 })).toEqual({ long: 'kept', plain: 1 });
    expect(z.encode(codec, { long: 'kept', plain: 1 })).toEqual({ l: 'kept', plain: 1 });
  });
});

describe('what a list reads of a sheet', () => {
  const quarterSets = fc.uniqueArray(fc.integer({ min: 0, max: 95 }), { maxLength: 20 }).map((some) => new Set(some));
  const sheets = fc.record(
    { busy: quarterSets, pre: quarterSets, post: quarterSets, closed: quarterSets },
    { requiredKeys: [] },
  );

  test('says at any time what the whole sheet says is taken', () => {
    fc.assert(
      fc.property(sheets, fc.dictionary(bookingIds, roomEntries, { maxKeys: 6 }), count, (sets, entries, now) => {
        const filled = Object.entries(sets).filter(([, quarters]) => quarters.size > 0);
        const named = Object.entries(entries).map(([bookingId, entry]) => [
          entryAttribute(bookingId),
          encodeRoomEntry(entry),
        ]);
        const item = { ...Object.fromEntries(filled), ...Object.fromEntries(named), sk: 'yuhu.room-1#2026-03-04' };
        const stored = unmarshall(marshall(item, { removeUndefinedValues: true }));
        const listed = listedRoomDay.parse(stored);
        expect(listed).toMatchObject({ roomId: 'yuhu.room-1', date: '2026-03-04' });
        expect(occupancyOf(listed, now)).toEqual(occupancyOf(roomDayItem.parse(stored), now));
      }),
    );
  });

  test('is refused where it holds no quarter-hours', () => {
    for (const busy of [new Set([96]), new Set([-1]), new Set([1.5]), new Set(['8']), [8]]) {
      expect(listedRoomDay.safeParse({ sk: 'yuhu.room-1#2026-03-04', busy }).success).toBe(false);
      expect(roomDayItem.safeParse({ busy }).success).toBe(false);
    }
  });
});

/** Items as cities have them: whatever the code calls it, this is how it stands in the table. */
describe('what is stored is read by its name', () => {
  const person = 'p0000000000000001';
  const actor = 'p0000000000000002';
  const at = '2026-03-01T02:00:00.000Z';
  const orderId = 'o0000000000000001';
  const bookingId = '20260304-0000000000001';

  const storedSeat = {
    b: bookingId,
    a: actor,
    t: at,
    h: 'hash',
    o: orderId,
    u: 1_772_330_400,
    r: 'at the desk',
    i: at,
    x: at,
    c: 1500,
    q: 2000,
    v: [1],
    k: [[24, 50]],
    w: { kind: 'pass', id: 'k1', name: { zh: '次卡', en: 'Pass' }, amountFen: 2000 },
    g: true,
    d: 'r0000000000000001',
    z: ['q0000000000000001', '2026-03-04T16:30', 2],
    n: false,
    m: ['city', at],
    l: [['class-week.2026-W10', 1, 3]],
  };
  const namedSeat: Seat = {
    bookingId,
    actorId: actor,
    bookedAt: at,
    requestHash: 'hash',
    orderId,
    heldUntilEpochSeconds: 1_772_330_400,
    staffReason: 'at the desk',
    checkedInAt: at,
    checkedOutAt: at,
    priceFen: 1500,
    chargedFen: 2000,
    uncountedRanks: [1],
    cancellation: [{ underHours: 24, keepPercent: 50 }],
    paidWith: { kind: 'pass', id: 'k1', name: { zh: '次卡', en: 'Pass' }, amountFen: 2000 },
    isPriority: true,
    roundId: 'r0000000000000001',
    occurrence: ['q0000000000000001', '2026-03-04T16:30', 2],
    isNoShow: false,
    noShowMark: ['city', at],
    charges: [{ id: 'class-week.2026-W10', amount: 1, most: 3 }],
  };
  const storedEnd = { b: bookingId, a: actor, y: 'resident', k: 500, r: 1000, p: 25, d: { [bookingId]: -300 } };
  const namedEnd: ClaimEnd = {
    bookingId,
    endedBy: actor,
    because: 'resident',
    keptFen: 500,
    refundFen: 1000,
    keptPercent: 25,
    moved: { [bookingId]: -300 },
  };

  test('a session with its seats, its last decision and the end of its last claim', () => {
    const stored = {
      is: 'session',
      sessionId: 'yuhu.center.homework.20260304t1630',
      offeringId: 'yuhu.center.homework',
      centerId: 'yuhu',
      providerId: 'center',
      providerName: { zh: '中心', en: 'Center' },
      service: 'childcare',
      title: { zh: '四点半课堂', en: 'Four-thirty class' },
      date: '2026-03-04',
      startsAt: '16:30',
      endsAt: '18:00',
      capacity: 10,
      status: 'open',
      grossPriceFen: 2000,
      residentPriceFen: 2000,
      fundingMode: 'market',
      taken: 1,
      seats: { [person]: storedSeat },
      queue: [`${actor}:2`],
      lastNumber: 3,
      decisions: 1,
      last: { n: 1, at, free: 1, lead: actor, size: 1, what: 'offered', orderId, skipped: [] },
      gone: storedEnd,
      freed: 1,
      shutOut: { lead: actor, w: 'wait' },
      takenPriority: 1,
    };
    const session = sessionItem.parse({ pk: 'city#SESSIONWEEK#yuhu#2026-W10', sk: 'session', ...stored });
    expect(session.seats).toEqual({ [person]: namedSeat });
    expect(session.last).toMatchObject({ number: 1, what: 'offered' });
    expect(session.gone).toEqual(namedEnd);
    expect(session.shutOut).toEqual({ lead: actor, waitId: 'wait' });
    expect(encodeSession(session)).toEqual(stored);
  });

  test("a room's day", () => {
    const stored = {
      s: '16:30',
      e: '18:00',
      p: person,
      a: actor,
      t: at,
      h: 'hash',
      u: '读书会',
      g: [1, 2],
      w: ['yuhu.projector'],
      o: orderId,
      x: 1_772_330_400,
      f: 'yuhu.center.rooms',
      c: 1500,
      k: [[24, 50]],
      l: [4, 2],
      y: 'g1',
      b: 'at the desk',
      r: ['q0000000000000001', '2026-03-04T16:30', 0],
      n: [['rooms-week.2026-W10', 6, 20]],
    };
    const entry: RoomEntry = {
      startsAt: '16:30',
      endsAt: '18:00',
      personId: person,
      actorId: actor,
      bookedAt: at,
      requestHash: 'hash',
      purpose: '读书会',
      buffers: [1, 2],
      with: ['yuhu.projector'],
      orderId,
      heldUntilEpochSeconds: 1_772_330_400,
      offeringId: 'yuhu.center.rooms',
      priceFen: 1500,
      cancellation: [{ underHours: 24, keepPercent: 50 }],
      allowanceQuarters: [4, 2],
      organizationId: 'g1',
      staffReason: 'at the desk',
      occurrence: ['q0000000000000001', '2026-03-04T16:30', 0],
      charges: [{ id: 'rooms-week.2026-W10', amount: 6, most: 20 }],
    };
    const day = roomDayItem.parse({
      is: 'room-day',
      busy: new Set([66, 67]),
      'e:one': stored,
      'e:two': { s: '09:00', e: '10:00', m: 'yuhu.hall', o: orderId },
      'x:three': { s: '11:00', e: '12:00', t: at },
      gone: storedEnd,
    });
    expect(day.entries).toEqual({
      one: entry,
      two: { startsAt: '09:00', endsAt: '10:00', mainRoomId: 'yuhu.hall', orderId },
    });
    expect(day.ended).toEqual({ three: { startsAt: '11:00', endsAt: '12:00', endedAt: at } });
    expect(day.gone).toEqual(namedEnd);
    expect(encodeRoomEntry(entry)).toEqual(stored);
  });

  test("a person's day", () => {
    const charge = { of: `person.${person}`, id: 'free-hours.2026-W10', n: 4, p: 2, b: bookingId };
    const day = agendaDayItem.parse({
      is: 'agenda-day',
      busy: new Set([66]),
      roomQuarters: 1,
      'e:one': { s: '16:30', e: '16:45', of: 'yuhu.room-201', c: [charge] },
    });
    expect(day.entries).toEqual({
      one: {
        startsAt: '16:30',
        endsAt: '16:45',
        of: 'yuhu.room-201',
        charges: [{ of: charge.of, id: charge.id, amount: 4, pricedQuarters: 2, countedAs: bookingId }],
      },
    });
  });
});
