import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { moveCases, readCases } from '../../../functions/closures/cases/store.ts';
import { carryOn } from '../../../functions/closures/commands/closing.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { tableClient } from '../../../shared/table/client.ts';
import { center, people, room, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { storedRoomDay, storedRows } from '../../support/claims.ts';
import { setClock } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';
import {
  addsUp,
  begun,
  bookRoom,
  bookSession,
  closed,
  messagesSent,
  minutePasses,
  oversold,
  queueUp,
  reportOf,
  untilDone,
} from './support.ts';

const NOW = '2026-03-02T01:00:00Z';
const DAY = '2026-03-06';
const NEXT_DAY = '2026-03-07';

let staff: Someone;
let count = 0;
beforeAll(async () => {
  setClock(NOW);
  staff = await someone({ posts: [{ kind: 'platform-admin' }] });
});
beforeEach(async () => {
  setClock(NOW);
  count += 1;
  await messagesSent();
});

const ownCenter = () => center(`race-${count}`, { district: `赛${count}` });
const day = { kind: 'day' as const, from: DAY, to: DAY };

describe('while a day is being closed', () => {
  test('A13: each of 50 who book in these seconds is either refused or affected, and nobody is forgotten', async () => {
    const own = await ownCenter();
    const [first, second] = [await room(own, 'a'), await room(own, 'b')];
    const lost = await session(own, DAY, { capacity: 40 });
    const next = await session(own, NEXT_DAY, { capacity: 10 });
    const everybody = await people(50);
    const starts = ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00', '16:00', '17:00'];
    const ask = (person: Someone, index: number) => {
      // Classes and rooms by turns: some of each before the closing, while it runs, and after it.
      if (index % 5 < 3) return bookSession(person, lost);
      const startsAt = starts[Math.floor(index / 5)] ?? '08:00';
      return bookRoom(person, index % 5 === 3 ? first : second, DAY, startsAt, `${startsAt.slice(0, 2)}:45`);
    };
    const early = await Promise.all(everybody.slice(0, 10).map(ask));
    const closing = closed(staff, own, day);
    const during = everybody.slice(10).map(async (person, index) => {
      await sleep(index * 60);
      return ask(person, index + 10);
    });
    const answers = [...early, ...(await Promise.all(during))];
    const closure = await closing;
    await untilDone(staff, closure);
    await minutePasses();

    const report = await reportOf(staff, closure);
    const booked = answers.filter(({ status }) => status === 201).length;
    expect(booked).toBeGreaterThanOrEqual(10);
    expect(booked).toBeLessThan(50);
    expect(report.totals).toMatchObject({ affected: booked, waiting: 0, kept: 0, ended: 0 });
    expect(addsUp(report)).toBe(true);
    const codes = new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.code));
    for (const code of codes) expect(['session-closed', 'closed', 'outside-opening-hours']).toContain(code);
    expect((await storedSession(lost)).taken).toBe(0);
    expect((await storedRoomDay(first, DAY)).busy.size + (await storedRoomDay(second, DAY)).busy.size).toBe(0);
    expect(await oversold([lost, next])).toEqual([]);
    const rows = (await Promise.all(everybody.map(({ personId }) => storedRows(personId)))).flat();
    expect(rows.filter(({ date, state }) => date === DAY && state === 'booked')).toEqual([]);
    expect(
      await messagesSent().then((all) => all.filter(({ kind }) => String(kind).startsWith('closure'))),
    ).toHaveLength(booked);
  });

  test('two closures and ten people who lose their place never get the same one', async () => {
    const own = await ownCenter();
    const first = await session(own, DAY, { slug: 'chess', capacity: 5 });
    const second = await session(own, DAY, { slug: 'chess', startsAt: '14:00', endsAt: '15:30', capacity: 5 });
    const next = await session(own, NEXT_DAY, { slug: 'chess', capacity: 4 });
    const everybody = await people(10);
    for (const [index, person] of everybody.entries()) await bookSession(person, index < 5 ? first : second);
    const [one, other] = await Promise.all([
      closed(staff, own, { kind: 'session', sessionId: first }),
      closed(staff, own, { kind: 'session', sessionId: second }),
    ]);
    await untilDone(staff, one);
    await untilDone(staff, other);
    const reports = [await reportOf(staff, one), await reportOf(staff, other)];
    expect(reports.every(addsUp)).toBe(true);
    expect(reports.map(({ totals }) => totals.affected)).toEqual([5, 5]);
    expect(await oversold([first, second, next])).toEqual([]);
    expect((await storedSession(next)).taken).toBe(4);
    // A place offered in the other session that was about to close too is lost with it, and counts as given back there.
    const offered = reports.flatMap(({ rows }) => rows.filter(({ outcome }) => outcome === 'offered'));
    expect(offered.map(({ offer }) => offer?.sessionId)).toEqual(Array.from({ length: 4 }, () => next));
  });
});

/** Lets the table do so many writes, then nothing more: as if the function had been stopped there. */
async function killedAfter(writes: number, work: () => Promise<unknown>): Promise<boolean> {
  let done = 0;
  const name = `killed-${randomUUID()}`;
  tableClient().middlewareStack.add(
    (next, context) => (args) => {
      const isWrite = /Put|Update|Delete|Transact|BatchWrite/.test(String(context['commandName']));
      if (isWrite) {
        done += 1;
        if (done > writes) throw new Error('killed');
      }
      return next(args);
    },
    { step: 'initialize', name },
  );
  try {
    await work();
    return false;
  } catch (error) {
    if ((error as Error).message !== 'killed') throw error;
    return true;
  } finally {
    tableClient().middlewareStack.remove(name);
  }
}

test('A13: killed after any of its writes and continued, a closure comes to the same end', {
  timeout: 240_000,
}, async () => {
  const by = () => asSystem(tenants()[0], clockNow());
  const outcomes: string[] = [];
  let writes = 1;
  for (let killed = true; killed; writes += 1) {
    count += 1;
    const own = await ownCenter();
    const roomId = await room(own, 'a');
    await room(own, 'b');
    const lost = await session(own, DAY, { capacity: 4, residentPriceFen: 900 });
    const next = await session(own, NEXT_DAY, { capacity: 3, residentPriceFen: 900 });
    const [a, b, c, d, sister, brother] = await people(6);
    if (!a || !b || !c || !d || !sister || !brother) throw new Error('six people');
    const mother = await someone({ guardianOf: [sister, brother] });
    await bookSession(mother, lost, sister, brother);
    await bookSession(a, lost);
    await bookSession(b, lost);
    await bookRoom(c, roomId, DAY, '10:00', '11:00');
    await queueUp(d, lost);
    await messagesSent();
    const closure = await begun(staff, own, day);
    killed = await killedAfter(writes, () => carryOn(by(), closure, () => true));
    await untilDone(staff, closure);
    const report = await reportOf(staff, closure);
    const told = (await messagesSent()).filter(({ kind }) => String(kind).startsWith('closure'));
    const { taken } = await storedSession(next);
    const { affected, offered, refunded, refundFen } = report.totals;
    const { queue } = await storedSession(lost);
    outcomes.push(
      [
        affected,
        offered,
        refunded,
        refundFen,
        taken,
        told.length,
        addsUp(report),
        (await storedSession(lost)).taken,
        `${report.lineTotals.ended} told, ${queue.length} in line`,
      ].join(' '),
    );
  }
  expect(writes).toBeGreaterThan(20);
  // Five bookings and a wait, five messages: brother and sister are offered theirs in one.
  expect([...new Set(outcomes)]).toEqual(['5 4 1 900 3 5 true 0 1 told, 0 in line']);
});

test('a case that was moved by a write whose answer was lost goes on in its turn, before those who booked later', async () => {
  const own = await ownCenter();
  const lost = await session(own, DAY, { capacity: 1 });
  const [person] = await people(1);
  if (!person) throw new Error('a person');
  await bookSession(person, lost);
  const closure = await closed(staff, own, { kind: 'session', sessionId: lost });
  await untilDone(staff, closure);
  const by = asSystem(tenants()[0], clockNow());
  const [one] = await readCases(by, closure.closureId);
  if (!one) throw new Error('a case');
  const move = (state: typeof one.state) =>
    moveCases(by, closure.closureId, [{ was: { ...one, state: 'ending' }, to: { state } }]);
  expect(await move(one.state)).toMatchObject([{ state: one.state, bookingId: one.bookingId }]);
  const elsewhere = await move('seeking');
  expect(elsewhere).toBeUndefined();
});
