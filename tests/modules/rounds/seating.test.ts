import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { carryOn } from '../../../functions/rounds/schedule.ts';
import { createRound, readRound, readSessionsOfRound } from '../../../functions/rounds/store.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import { releaseSeat } from '../../../shared/booking/claim/release.ts';
import { putInRound, seatWinners, type WinningParty } from '../../../shared/booking/claim/round-seats.ts';
import { claimSeats } from '../../../shared/booking/claim/seats.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { bookingIdFor, derivedId, randomId } from '../../../shared/kernel/ids.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { keys } from '../../../shared/table/keys.ts';
import { update } from '../../../shared/table/write.ts';
import { center, type Someone, someone, storedSession } from '../../support/builders.ts';
import { setClock, tenants } from '../../support/invoke.ts';
import { BEFORE, DATE, freshSessions, openedRound } from './support.ts';

const system = () => asSystem(tenants()[0], clockNow());
const round = () => randomId('r');

let staff: Someone;
beforeAll(async () => {
  setClock(BEFORE);
  await center('yuhu');
  staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

const party = (size = 1): WinningParty =>
  Object.fromEntries(
    Array.from({ length: size }, () => [
      randomId('p'),
      { bookingId: bookingIdFor(DATE, randomUUID()), actorId: randomId('p'), bookedAt: BEFORE, requestHash: 'round' },
    ]),
  );

const setCapacity = (sessionId: string, capacity: number) =>
  update({
    key: writable(keys.booking.session(tenants()[0], sessionId)),
    update: 'SET #capacity = :capacity',
    names: { '#capacity': 'capacity' },
    values: { ':capacity': capacity },
  });

describe('seating the winners of a session', () => {
  test('is one write for four hundred of them, which also opens it', async () => {
    const [sessionId = ''] = await freshSessions([400]);
    const roundId = round();
    await putInRound(system(), sessionId, roundId);
    const parties = Array.from({ length: 400 }, () => party());
    expect((await seatWinners(system(), sessionId, roundId, parties)).outcome).toBe('fresh');
    const { taken, seats, status, roundId: left } = await storedSession(sessionId);
    expect([taken, Object.keys(seats).length, status, left]).toEqual([400, 400, 'open', undefined]);
  });

  test('happens once: again, or by a second one at the same time, it changes nothing', async () => {
    const [sessionId = ''] = await freshSessions([5]);
    const roundId = round();
    await putInRound(system(), sessionId, roundId);
    const parties = [party(2), party()];
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => seatWinners(system(), sessionId, roundId, parties)),
    );
    expect(outcomes.filter(({ outcome }) => outcome === 'fresh')).toHaveLength(1);
    // A winner cancels, and a step that was cut off is repeated: the place does not come back.
    const [gone = '', seat] = Object.entries(parties[1] ?? {})[0] ?? [];
    await releaseSeat(system(), sessionId, gone, seat?.bookingId ?? '');
    await seatWinners(system(), sessionId, roundId, parties);
    expect((await storedSession(sessionId)).taken).toBe(2);
  });

  test('never goes beyond the capacity, also when it was cut after the draw: the last of the order find no place', async () => {
    const [sessionId = ''] = await freshSessions([4]);
    const roundId = round();
    await putInRound(system(), sessionId, roundId);
    await setCapacity(sessionId, 3);
    const parties = [party(2), party(2), party()];
    await seatWinners(system(), sessionId, roundId, parties);
    const { taken, seats } = await storedSession(sessionId);
    expect(taken).toBe(3);
    const seated = [parties[0], parties[2]].flatMap((one) => Object.keys(one ?? {}));
    expect(Object.keys(seats).sort()).toEqual(seated.sort());
  });

  test('leaves a session alone that this round does not have', async () => {
    const [sessionId = ''] = await freshSessions([4]);
    await putInRound(system(), sessionId, round());
    expect((await seatWinners(system(), sessionId, round(), [party()])).outcome).toBe('done');
    expect(await storedSession(sessionId)).toMatchObject({ taken: 0, status: 'allocating' });
    const seats = party();
    await expect(claimSeats(system(), await storedSession(sessionId), seats)).rejects.toMatchObject({
      code: 'in-allocation',
    });
  });
});

test('a round that cannot have one of its sessions does not come to be, and gives back those it had', async () => {
  const [mine = '', taken = ''] = await freshSessions([2, 2]);
  const other = await openedRound(staff, [taken]);
  setClock(BEFORE);
  const stored = await readRound(system(), other);
  const { sessions } = await readSessionsOfRound(system(), other);
  const [model] = sessions;
  if (!stored || !model) throw new Error('no round');
  const roundId = derivedId('r', randomUUID());
  // As a handler leaves it that died after it had read that both were free.
  const half = { ...stored, roundId, status: 'preparing', sessionCount: 2, requestHash: 'other' } as const;
  const both = [mine, taken].map((sessionId, index) => ({ ...model, sessionId, number: index + 1 }));
  await createRound(system(), half, { sessions: both });
  await carryOn(system(), half, () => true);
  expect((await readRound(system(), roundId))?.status).toBe('abandoned');
  expect((await storedSession(mine)).status).toBe('open');
  expect(await storedSession(taken)).toMatchObject({ status: 'allocating', roundId: other });
});
