import { randomUUID } from 'node:crypto';
import type { Context, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { readOfferTerms } from '../../../functions/bookings/store.ts';
import { handler } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { releaseSeat } from '../../../shared/booking/claim/release.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import { appendToWaitlist, LONGEST_WAITLIST } from '../../../shared/booking/claim/waitlist.ts';
import type { Seat } from '../../../shared/booking/items/session.ts';
import { type WaitItem, waitItem } from '../../../shared/booking/items/wait.ts';
import { waitlistBlockItem } from '../../../shared/booking/items/waitlist.ts';
import { promote } from '../../../shared/booking/waitlist/promote.ts';
import { joinWaitlist, leaveWaitlist, numberWait } from '../../../shared/booking/waitlist/waitlist.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { bookingIdFor, randomId } from '../../../shared/kernel/ids.ts';
import { isRefusal } from '../../../shared/kernel/refusal.ts';
import { keys } from '../../../shared/table/keys.ts';
import { resetTableUse, type TableUse, tableUse } from '../../../shared/table/meter.ts';
import { getMany, parsedItem } from '../../../shared/table/read.ts';
import { put } from '../../../shared/table/write.ts';
import { center, offering, people, session, storedSession, storedWaitlist } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import { seedsOf } from '../../support/seeds.ts';
import { StreamReader } from '../../support/stream.ts';
import { dyingAfter, faultyTable } from './faults.ts';
import { generator, shuffled } from './random.ts';

/** What a line of hundreds promises: it costs what a line of three costs, nobody is passed, and everybody stands in it once. */

const DATE = '2026-03-04';
const CAPACITY = 10;
const by = () => asSystem(tenants()[0], clockNow());
const stream = new StreamReader();
const proxy = await faultyTable();

beforeAll(async () => {
  setClock('2026-03-02T01:00:00Z');
  await center('yuhu');
});
beforeEach(async () => {
  proxy.faults.set(undefined);
  // What the test before has brought is none of this one's.
  await stream.next();
});
afterAll(() => proxy.stop());

const strangers = (count: number): string[] => Array.from({ length: count }, () => randomId('p'));
const elementsOf = (leads: readonly string[]): string[] => leads.map((lead) => `${lead}:1`);
const seatOf = (personId: string): Seat => ({
  bookingId: bookingIdFor(DATE, randomUUID(), personId),
  actorId: personId,
  bookedAt: clockNow().toISOString(),
  requestHash: 'h',
});

/** A session whose places are all taken, with one of those who have them; `facts` say how it was stored. */
async function full(facts: Parameters<typeof session>[2] = {}) {
  const slug = `x${randomUUID().slice(0, 8)}`;
  await offering('yuhu', slug, {});
  const holders = strangers(CAPACITY);
  const seats = Object.fromEntries(holders.map((personId) => [personId, seatOf(personId)]));
  const sessionId = await session('yuhu', DATE, { slug, capacity: CAPACITY, taken: CAPACITY, seats, ...facts });
  const release = async (index: number) => {
    const personId = holders[index] ?? '';
    await releaseSeat(by(), sessionId, personId, seats[personId]?.bookingId ?? '');
  };
  return { sessionId, holders, release };
}

const partyOf = (sessionId: string, lead: string) => ({
  sessionId,
  lead,
  party: [lead],
  actorId: lead,
  requestHash: 'h',
});
const join = async (sessionId: string, lead: string) =>
  joinWaitlist(by(), await storedSession(sessionId), partyOf(sessionId, lead));
const offerNext = (sessionId: string) =>
  promote(by(), sessionId, (stored, party) => readOfferTerms(by(), stored, party));
const newcomer = async (sessionId: string) => {
  const [personId = ''] = strangers(1);
  return claimSeats(by(), await storedSession(sessionId), { [personId]: seatOf(personId) });
};

async function waitsOf(sessionId: string, leads: readonly string[]): Promise<(WaitItem | undefined)[]> {
  const items = await getMany(leads.map((lead) => keys.booking.wait(tenants()[0], lead, sessionId)));
  return items.map((item) => item && parsedItem(waitItem, item));
}

/** What the stream has brought, three times over and in any order. */
async function follow(random: () => number): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    const fresh = await stream.next();
    if (fresh.length === 0) return;
    await deliver(shuffled([...fresh, ...fresh, ...fresh], random));
  }
}
async function deliver(Records: DynamoDBRecord[]): Promise<void> {
  const answer = await handler({ Records } satisfies DynamoDBStreamEvent, {} as Context, () => undefined);
  expect(answer).toEqual({ batchItemFailures: [] });
}

describe('a line of hundreds costs what a line of five costs', () => {
  async function costOf(work: () => Promise<unknown>): Promise<TableUse> {
    resetTableUse();
    await work();
    return tableUse();
  }

  /** What each of it costs on a session before which so many wait. */
  async function costsAt(waiting: number): Promise<Record<string, TableUse>> {
    const { sessionId, holders, release } = await full();
    const leads = (await people(waiting)).map(({ personId }) => personId);
    for (const lead of leads) await join(sessionId, lead);
    // Of sixteen who join, two file a block for all.
    const joins: TableUse[] = [];
    for (const lead of strangers(16)) {
      const now = await storedSession(sessionId);
      joins.push(await costOf(() => joinWaitlist(by(), now, partyOf(sessionId, lead))));
    }
    const mean = (what: keyof TableUse) => joins.reduce((sum, use) => sum + use[what], 0) / joins.length;
    const known = await storedSession(sessionId);
    const [holder = ''] = holders;
    const refused = await costOf(() =>
      expect(joinWaitlist(by(), known, partyOf(sessionId, holder))).rejects.toMatchObject({ code: 'already-booked' }),
    );
    const claim = await costOf(() => expect(newcomer(sessionId)).rejects.toMatchObject({ code: 'session-full' }));
    const middle = Math.floor(waiting / 2);
    const leaver = leads[middle] ?? '';
    // By now the stream has said which number is theirs.
    await numberWait(by(), sessionId, leaver, middle + 1);
    const leave = await costOf(() => leaveWaitlist(by(), sessionId, leaver));
    const back = await costOf(() => release(0));
    const offer = await costOf(async () => expect(await offerNext(sessionId)).toBe(1));
    const joined = { calls: mean('calls'), readUnits: mean('readUnits'), writeUnits: mean('writeUnits') };
    return { joined, refused, claim, leave, back, offer };
  }

  test('joining, a refusal, a newcomer, leaving, a place given back, an offer: within one unit', async () => {
    const few = await costsAt(5);
    const many = await costsAt(480);
    for (const [what, use] of Object.entries(few)) {
      const { calls = 0, readUnits = 0, writeUnits = 0 } = many[what] ?? {};
      expect({ what, units: Math.abs(writeUnits - use.writeUnits) <= 1 }).toEqual({ what, units: true });
      expect({ what, read: Math.abs(readUnits - use.readUnits) <= 1 }).toEqual({ what, read: true });
      expect({ what, calls }).toEqual({ what, calls: use.calls });
    }
  }, 120_000);
});

describe('under a rush, with faults', () => {
  test.each(seedsOf(1, 2))(
    'a hundred join, each asked for twice, while some leave: everybody once, nobody is passed: seed %i',
    async (seed) => {
      const random = generator(seed);
      const { sessionId, release } = await full();
      const leads = (await people(100)).map(({ personId }) => personId);
      const leavers = leads.filter((_, index) => index % 5 === 0);
      const stays = leads.filter((lead) => !leavers.includes(lead));
      const untilDone = async (work: () => Promise<unknown>): Promise<void> => {
        for (let tries = 0; tries < 60; tries += 1) {
          try {
            await work();
            return;
          } catch (error) {
            if (!isRefusal(error, 'try-again')) throw error;
          }
        }
        throw new Error('a call never settled');
      };
      proxy.faults.set({ seed, throttle: 0.003, conflict: 0.05, lostAnswer: 0.05 });
      await Promise.all([...leads, ...leads].map((lead) => untilDone(() => join(sessionId, lead))));
      await Promise.all(leavers.map((lead) => untilDone(() => leaveWaitlist(by(), sessionId, lead))));
      proxy.faults.set(undefined);
      await follow(random);
      await Promise.all(leavers.map((lead) => untilDone(() => leaveWaitlist(by(), sessionId, lead))));
      await follow(random);
      const line = await storedWaitlist(sessionId);
      expect([...line].sort()).toEqual(elementsOf(stays).sort());
      const inOrder = line.map((element) => element.split(':')[0] ?? '');
      const numbers = (await waitsOf(sessionId, inOrder)).map((entry) => entry?.number ?? 0);
      expect(numbers).toEqual([...numbers].sort((one, other) => one - other));
      expect((await waitsOf(sessionId, leavers)).map((entry) => entry?.ended)).toEqual(leavers.map(() => 'left'));
      // Places come free one by one, and are offered in the order of the line, whoever else comes.
      for (const index of [0, 1, 2]) {
        await release(index);
        await expect(newcomer(sessionId)).rejects.toMatchObject({ code: 'session-full' });
        await Promise.all([offerNext(sessionId), offerNext(sessionId)]);
        expect(await storedWaitlist(sessionId)).toEqual(line.slice(index + 1));
        expect((await storedSession(sessionId)).last?.lead).toBe(inOrder[index]);
      }
    },
    180_000,
  );

  test('a line takes five hundred parties, and not one more of twenty who come at once', async () => {
    const blocks = Object.fromEntries(Array.from({ length: 31 }, (_, block) => [String(block), '1'.repeat(16)]));
    const { sessionId } = await full({ tail: {}, blocks, lastNumber: 31 * 16 });
    const answers = await Promise.allSettled(strangers(20).map((lead) => join(sessionId, lead)));
    const joined = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value.position : []));
    expect(joined.sort()).toEqual([497, 498, 499, LONGEST_WAITLIST]);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'waitlist-full' });
  });
});

describe('what is filed', () => {
  const aLine = async (count: number, facts: Parameters<typeof session>[2] = {}) => {
    const scene = await full(facts);
    const leads = (await people(count)).map(({ personId }) => personId);
    for (const lead of leads) await join(scene.sessionId, lead);
    return { ...scene, leads };
  };

  test.each([2, 3])('by a function that dies after write %i of joining changes nobody in line', async (writes) => {
    const { sessionId, leads } = await aLine(16);
    const [last = '', next = ''] = (await people(2)).map(({ personId }) => personId);
    await dyingAfter(writes, () => join(sessionId, last));
    expect(await storedWaitlist(sessionId)).toEqual(elementsOf([...leads, last]));
    expect(Object.keys((await storedSession(sessionId)).blocks ?? {})).toEqual([]);
    expect(await join(sessionId, last)).toMatchObject({ number: 17, position: 17 });
    expect(await join(sessionId, next)).toMatchObject({ number: 18, position: 18 });
    const more = (await people(8)).map(({ personId }) => personId);
    for (const lead of more) await join(sessionId, lead);
    expect(Object.keys((await storedSession(sessionId)).blocks ?? {})).toEqual(['0']);
    expect(await storedWaitlist(sessionId)).toEqual(elementsOf([...leads, last, next, ...more]));
    const [block] = await getMany([keys.booking.waitlistBlock(tenants()[0], sessionId, 0)]);
    expect(block && waitlistBlockItem.parse(block).parties).toEqual(
      Object.fromEntries(elementsOf(leads).map((element, index) => [element, index + 1])),
    );
  });

  test.each(['first', 'last'])(
    'stands once: of a late double of a request the first number counts, told %s',
    async (told) => {
      const { sessionId, leads } = await aLine(20);
      const [lead = ''] = leads;
      await stream.next();
      // The second write of a first try, so late that the party has been filed meanwhile.
      await appendToWaitlist(by(), await storedSession(sessionId), { lead, party: [lead] });
      expect(await storedWaitlist(sessionId)).toHaveLength(21);
      if (told === 'first') await numberWait(by(), sessionId, lead, 1);
      await numberWait(by(), sessionId, lead, 21);
      await numberWait(by(), sessionId, lead, 1);
      expect(await storedWaitlist(sessionId)).toEqual(elementsOf(leads));
      expect((await waitsOf(sessionId, [lead]))[0]).toMatchObject({ number: 1 });
      // Asked for once more it finds itself.
      expect(await join(sessionId, lead)).toEqual({ number: 1, position: 1 });
    },
  );

  test('is found by who leaves, also before the stream has said their number, and a new wait outlives a late record', async () => {
    const { sessionId, leads } = await aLine(20);
    const [first = '', second = ''] = leads;
    await leaveWaitlist(by(), sessionId, second);
    expect(await storedWaitlist(sessionId)).toEqual(elementsOf(leads.filter((lead) => lead !== second)));
    const records = await stream.next();
    expect(await join(sessionId, second)).toEqual({ number: 21, position: 20 });
    await deliver([...records].reverse());
    await deliver(await stream.next());
    await deliver(records);
    expect(await waitsOf(sessionId, [first, second])).toMatchObject([{ number: 1 }, { number: 21 }]);
    expect((await waitsOf(sessionId, [second]))[0]?.ended).toBeUndefined();
  });

  test('leaves the session free for newcomers in the very write that takes out the last of it', async () => {
    const { sessionId, leads, release } = await aLine(17);
    await release(0);
    await Promise.all(leads.slice(1).map((lead) => leaveWaitlist(by(), sessionId, lead).catch(() => undefined)));
    for (const lead of leads.slice(1)) await leaveWaitlist(by(), sessionId, lead);
    await expect(newcomer(sessionId)).rejects.toMatchObject({ code: 'session-full' });
    await leaveWaitlist(by(), sessionId, leads[0] ?? '');
    expect(await newcomer(sessionId)).toMatchObject({ outcome: 'fresh' });
  });

  test('stands behind what an older session has in its queue, which goes on as it was', async () => {
    const old = (await people(3)).map(({ personId }) => personId);
    const facts = { tail: undefined, blocks: undefined, queue: elementsOf(old), lastNumber: 3 };
    const { sessionId, leads, release } = await aLine(20, facts);
    for (const lead of old) {
      const entry = z.encode(waitItem, { ...partyOf(sessionId, lead), is: 'wait', joinedAt: clockNow().toISOString() });
      await put({ key: keys.booking.wait(tenants()[0], lead, sessionId), item: entry });
    }
    expect(await storedWaitlist(sessionId)).toEqual(elementsOf([...old, ...leads]));
    const [first = '', second = '', third = ''] = old;
    expect(await join(sessionId, leads[19] ?? '')).toEqual({ number: 23, position: 23 });
    await expect(newcomer(sessionId)).rejects.toMatchObject({ code: 'session-full' });
    await leaveWaitlist(by(), sessionId, second);
    expect(await storedWaitlist(sessionId)).toEqual(elementsOf([first, third, ...leads]));
    await release(0);
    expect(await offerNext(sessionId)).toBe(1);
    expect(await storedWaitlist(sessionId)).toEqual(elementsOf([third, ...leads]));
    expect((await storedSession(sessionId)).last).toMatchObject({ lead: first, what: 'offered' });
  });
});
