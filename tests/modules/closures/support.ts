import { randomUUID } from 'node:crypto';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeEach } from 'vitest';
import * as bookings from '../../../functions/bookings/handler.ts';
import { handler as sweep } from '../../../functions/bookings/schedule.ts';
import * as closures from '../../../functions/closures/handler.ts';
import { handler as carryOn } from '../../../functions/closures/schedule.ts';
import { createClosure } from '../../../functions/closures/store/closures.ts';
import * as desk from '../../../functions/desk/handler.ts';
import * as people from '../../../functions/people/handler.ts';
import * as rooms from '../../../functions/rooms/handler.ts';
import * as series from '../../../functions/series/handler.ts';
import * as sessions from '../../../functions/sessions/handler.ts';
import { handler as follow } from '../../../functions/stream/handler.ts';
import { asSystem } from '../../../shared/access/authorize.ts';
import type { Closure, ClosureReport, ClosureScope } from '../../../shared/contracts/closures.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { randomId } from '../../../shared/kernel/ids.ts';
import { center, type Someone, someone, storedSession } from '../../support/builders.ts';
import { type Call, cityOf, setClock, tenants, wait } from '../../support/invoke.ts';
import { takeMessages } from '../../support/messages.ts';
import { streamRecords } from '../../support/stream.ts';

export const NOW = '2026-03-02T01:00:00Z';

/**
 * Each test of a file at the same moment, in a center of its own that no other is near, with somebody who may close whatever there is:
 * `own` and `staff` hold from the first test on.
 */
export function inCentersOfTheirOwn(slug: string, district: string): { readonly staff: Someone; readonly own: string } {
  let [count, own] = [0, ''];
  let staff: Someone | undefined;
  beforeEach(async () => {
    setClock(NOW);
    staff ??= await someone({ posts: [{ kind: 'platform-admin' }] });
    count += 1;
    own = await center(`${slug}-${count}`, { district: `${district}${count}` });
  });
  return {
    get own() {
      return own;
    },
    get staff() {
      if (!staff) throw new Error('before the first test nobody is there');
      return staff;
    },
  };
}

const modules = cityOf(closures, desk, people, rooms, sessions, bookings, series);

export type Person = { readonly personId: string };
type CallOf = Omit<Call, 'as'> & { readonly as?: Person | undefined };

/** Days pass until an offer lapses, and a token lasts minutes: everybody signs in anew for each call. */
async function signedIn({ as, ...call }: CallOf): Promise<Call> {
  if (!as) return call;
  const token = await signAccessToken({ tenantId: tenants()[0], personId: as.personId, signInId: 's' }, clockNow());
  return { ...call, as: { token } };
}

export const city = {
  get: async (path: string, call: CallOf = {}) => modules.get(path, await signedIn(call)),
  post: async (path: string, call: CallOf = {}) => modules.post(path, await signedIn(call)),
};

export const reason = { zh: '水管爆裂', en: 'a burst pipe' };

export async function bookRoom(
  as: Person,
  roomId: string,
  date: string,
  startsAt: string,
  endsAt: string,
  more: object = {},
) {
  const body = { date, startsAt, endsAt, purpose: '读书会', ...more };
  return city.post(`/v1/rooms/${roomId}/bookings`, { as, idempotencyKey: randomUUID(), body });
}

const askFor = (as: Person, sessionId: string, beneficiaries: readonly Person[], ifFull: 'refuse' | 'wait') =>
  city.post('/v1/session-bookings', {
    as,
    idempotencyKey: randomUUID(),
    body: { sessionIds: [sessionId], beneficiaryIds: beneficiaries.map(({ personId }) => personId), ifFull },
  });

/** A place for oneself, or for others in one order. */
export const bookSession = (as: Person, sessionId: string, ...others: Person[]) =>
  askFor(as, sessionId, others.length > 0 ? others : [as], 'refuse');

/** A place in the line of a full session. */
export const queueUp = (as: Person, sessionId: string, ...others: Person[]) =>
  askFor(as, sessionId, others.length > 0 ? others : [as], 'wait');

export async function closed(
  staff: Person,
  centerId: string,
  what: ClosureScope,
  idempotencyKey: string = randomUUID(),
): Promise<Closure> {
  const body = { what, reason };
  return (await city.post(`/v1/centers/${centerId}/closures`, { as: staff, idempotencyKey, body })).body.closure;
}

/** A closure that is written, and nothing more: its request died with the next write. */
export const begun = (staff: Person, centerId: string, what: ClosureScope) =>
  createClosure(asSystem(tenants()[0], clockNow()), {
    is: 'closure',
    closureId: randomId('x'),
    centerId,
    what,
    title: reason,
    reason,
    answerWithinHours: 48,
    status: 'open',
    done: 0,
    affected: 0,
    inLine: 0,
    closedBy: staff.personId,
    closedAt: clockNow().toISOString(),
    requestHash: 'hash',
  });

type Named = Pick<Closure, 'centerId' | 'closureId'>;

export async function reportOf(staff: Person, { centerId, closureId }: Named): Promise<ClosureReport> {
  return (await city.get(`/v1/centers/${centerId}/closures/${closureId}`, { as: staff })).body;
}

export const lifted = (staff: Person, { centerId, closureId }: Named) =>
  city.post(`/v1/centers/${centerId}/closures/${closureId}/lift`, { as: staff });

const followed = new Set<string | undefined>();

/**
 * What the cloud does in a minute: the stream is followed, the closures are carried on, holds whose time is over are released. `times`:
 * how often each record comes, from the second time on backwards.
 */
export async function minutePasses(times = 1): Promise<void> {
  wait(61);
  await carryOn();
  await sweep();
  const fresh = (await streamRecords()).filter(({ eventID }) => !followed.has(eventID));
  for (const { eventID } of fresh) followed.add(eventID);
  const again = Array.from({ length: times - 1 }, () => fresh.toReversed()).flat();
  await follow({ Records: [...fresh, ...again] } as DynamoDBStreamEvent, {} as never, () => undefined);
}

const known = new Set<unknown>();

/** What has been sent since the last call. A message that is handed over twice under one name reaches a person once. */
export async function messagesSent(): Promise<Record<string, unknown>[]> {
  const fresh = [];
  for (const message of await takeMessages()) {
    if (known.has(message['messageId'])) continue;
    known.add(message['messageId']);
    fresh.push(message);
  }
  return fresh;
}

/** Minutes pass until the closure is done; only the clock carries it on. */
export async function untilDone(staff: Person, closure: Named): Promise<void> {
  for (let minutes = 0; minutes < 5; minutes += 1) {
    if ((await reportOf(staff, closure)).closure.status === 'done') return;
    wait(61);
    await carryOn();
  }
  throw new Error('the closure is not done after five minutes');
}

/** What the report must be at any moment: its parts are its whole, for bookings and for the line. */
export function addsUp({ totals, rows, lineTotals, line, closure }: ClosureReport): boolean {
  const { affected, waiting, offered, moved, refunded, kept, ended } = totals;
  const { inLine } = lineTotals;
  return (
    affected === waiting + offered + moved + refunded + kept + ended &&
    affected === rows.length &&
    affected === closure.affected &&
    inLine === lineTotals.waiting + lineTotals.ended + lineTotals.kept + lineTotals.left &&
    inLine === line.length &&
    inLine === closure.inLine
  );
}

/** Sessions that were sold more often than they have places, or whose count is not that of their seats. */
export async function oversold(sessionIds: readonly string[]): Promise<string[]> {
  const stored = await Promise.all(sessionIds.map(storedSession));
  return stored
    .filter(({ taken, capacity, seats }) => taken > capacity || taken !== Object.keys(seats).length)
    .map(({ sessionId }) => sessionId);
}
