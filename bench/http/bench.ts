import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineName } from '../../local/table/engine.ts';
import { addDays } from '../../shared/kernel/days.ts';
import type { Someone } from '../../tests/support/builders.ts';
import { textTable } from '../measure.ts';
import type { CityOfBench, CpuMs, FromCity, ToCity } from './city.ts';
import { type Answered, type Asked, clientOf, closedLoop, type Load, quantile } from './load.ts';

/** Monday, nine in the morning in Putian; nothing that schedules do is due. */
const CLOCK = '2026-03-02T01:00:00Z';
const MONDAY = '2026-03-02';
const AT_ONCE = 32;
const ROUNDS = 3;
const BOOKINGS = 600;
const READS = 1_000;
const CROWD = 200;
const RUSHES = 7;
const CENTERS = 4;
const ROOMS_A_CENTER = 16;
/** Bookings are acted on by the stream after they are answered; what that takes belongs to them. */
const FOLLOWED_WITHIN_MS = 2_000;

/** A city in a process of its own, on disk, as `npm start` has it. */
async function startedCity(dataFolder: string, engine: EngineName | undefined) {
  const child = fork(new URL('./city.ts', import.meta.url), [dataFolder, CLOCK, ...(engine ? [engine] : [])], {
    execArgv: process.execArgv,
  });
  const answer = async <Key extends string>(key: Key): Promise<Extract<FromCity, Record<Key, unknown>>> => {
    const [message] = (await once(child, 'message')) as [FromCity];
    if (!(key in message)) throw new Error(`the city answered something else than ${key}`);
    return message as Extract<FromCity, Record<Key, unknown>>;
  };
  const { ready } = await answer('ready');
  const tell = (asked: ToCity) => child.send(asked);
  return {
    ...(ready as CityOfBench),
    async cpu(): Promise<CpuMs> {
      tell('cpu');
      return (await answer('cpu')).cpu;
    },
    stop: () => stopped(child, tell),
  };
}

async function stopped(child: ChildProcess, tell: (asked: ToCity) => void): Promise<void> {
  const gone = once(child, 'exit');
  tell('stop');
  await gone;
}

type Phase = Load & { readonly cpuMs: CpuMs };
type Slot = { readonly roomId: string; readonly date: string; readonly startsAt: string; readonly endsAt: string };

const two = (value: number): string => String(value).padStart(2, '0');
const clockAt = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;

/** Half hours of one day in every room, each once. */
function slotsOf(rooms: readonly string[], date: string): Slot[] {
  const starts = Array.from({ length: 26 }, (_, index) => 8 * 60 + index * 30);
  return starts.flatMap((start) =>
    rooms.map((roomId) => ({ roomId, date, startsAt: clockAt(start), endsAt: clockAt(start + 30) })),
  );
}

const bookingOf = ({ roomId, date, startsAt, endsAt }: Slot, { token }: Someone): Asked => ({
  method: 'POST',
  path: `/v1/rooms/${roomId}/bookings`,
  token,
  idempotencyKey: randomUUID(),
  body: { date, startsAt, endsAt, purpose: 'bench' },
});

function expectAnswer({ status, text }: Answered, wanted: number): void {
  if (status !== wanted) throw new Error(`expected ${wanted}, got ${status}: ${text.slice(0, 300)}`);
}

const machine = (): string => {
  const all = cpus();
  return `${all.length} × ${all[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.version}`;
};

/**
 * Drives a city of its own over HTTP, on disk: bookings and reads at {@link AT_ONCE}, rushes of {@link CROWD}, each beside the raw calls
 * of a booking to the same engine in the same round, with the CPU time of each part. Fails when anything is sold twice.
 */
export async function benchHttp(engine?: EngineName): Promise<string> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'linli-bench-http-'));
  const city = await startedCity(dataFolder, engine);
  try {
    Object.assign(process.env, city.environment, {
      // Builders and raw calls speak to the engine itself.
      AWS_ENDPOINT_URL_DYNAMODB: city.engineEndpoint,
      LINLI_CLOCK: `${CLOCK}@${Date.now()}`,
    });
    return await measured(city);
  } finally {
    await city.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

async function measured(city: Awaited<ReturnType<typeof startedCity>>): Promise<string> {
  const { center, people, room, session } = await import('../../tests/support/builders.ts');
  const { prepareRaw, rawBatchGet, rawClaim, rawPut } = await import('../table.ts');
  const { ask, close } = clientOf(city.url);

  const centers = await Promise.all(Array.from({ length: CENTERS }, (_, index) => center(`bench${index}`)));
  const rooms = (
    await Promise.all(
      centers.flatMap((id) => Array.from({ length: ROOMS_A_CENTER }, (_, index) => room(id, `room-${index}`))),
    )
  ).sort();
  await prepareRaw();
  // A day holds one booking of each person, so that no rule about their own time refuses.
  const guests = await people(BOOKINGS + AT_ONCE * 4);
  const crowd = await people(CROWD);
  const person = (all: readonly Someone[], index: number): Someone => {
    const one = all[index];
    if (!one) throw new Error(`nobody stands at ${index}`);
    return one;
  };

  /** The CPU that the parts take for a load, with what follows it when it is acted on later. */
  const phase = async (load: () => Promise<Load>, followedWithinMs = 0): Promise<Phase> => {
    const before = await city.cpu();
    const done = await load();
    await sleep(followedWithinMs);
    const after = await city.cpu();
    const cpuMs = Object.fromEntries(Object.entries(after).map(([name, ms]) => [name, ms - (before[name] ?? 0)]));
    return { ...done, cpuMs };
  };

  const bookings = (date: string, count: number) => {
    const slots = slotsOf(rooms, date);
    return closedLoop(count, AT_ONCE, async (index) => {
      const slot = slots[index];
      if (!slot) throw new Error(`the day has ${slots.length} slots only`);
      expectAnswer(await ask(bookingOf(slot, person(guests, index))), 201);
    });
  };
  const weeks = (count: number) =>
    closedLoop(count, AT_ONCE, async (index) => {
      const path = `/v1/rooms/${rooms[index % rooms.length]}/availability?from=${MONDAY}&days=7`;
      expectAnswer(await ask({ method: 'GET', path }), 200);
    });
  const centerWeeks = (count: number) =>
    closedLoop(count, AT_ONCE, async (index) => {
      const path = `/v1/centers/${centers[index % centers.length]}/rooms-week?week=2026-W10`;
      expectAnswer(await ask({ method: 'GET', path }), 200);
    });
  /** The calls of one booking, raw. */
  const rawBookings = (count: number) =>
    closedLoop(count, AT_ONCE, async () => {
      await rawBatchGet(8);
      await Promise.all([rawClaim(), rawClaim()]);
      await rawPut();
    });
  /** Everyone asks for one slot at the same instant; one gets it. */
  const slotRush = async (date: string, round: number): Promise<Load> => {
    const slot = { roomId: rooms[round % rooms.length] ?? '', date, startsAt: '12:00', endsAt: '12:30' };
    return rush((one) => bookingOf(slot, one), 1);
  };
  const seatRush = async (date: string, slug: string): Promise<Load> => {
    const sessionId = await session(centers[0] ?? '', date, { slug, capacity: 20 });
    return rush(
      ({ token, personId }) => ({
        method: 'POST',
        path: '/v1/session-bookings',
        token,
        idempotencyKey: randomUUID(),
        body: { sessionIds: [sessionId], beneficiaryIds: [personId] },
      }),
      20,
    );
  };
  const rush = async (asked: (one: Someone) => Asked, places: number): Promise<Load> => {
    const statuses: number[] = [];
    const load = await closedLoop(CROWD, CROWD, async (index) => {
      statuses.push((await ask(asked(person(crowd, index)))).status);
    });
    const count = (wanted: number) => statuses.filter((status) => status === wanted).length;
    const [won, lost] = [count(201), count(409)];
    if (won !== places || won + lost !== CROWD) throw new Error(`${won} won, ${lost} lost of ${CROWD} for ${places}`);
    return load;
  };

  const phases: Record<string, Phase[]> = {};
  const take = async (name: string, load: () => Promise<Load>, followedWithinMs = 0) => {
    phases[name] = [...(phases[name] ?? []), await phase(load, followedWithinMs)];
  };
  await bookings(addDays(MONDAY, 1), AT_ONCE * 6);
  await weeks(AT_ONCE * 6);
  await centerWeeks(AT_ONCE);
  await slotRush(addDays(MONDAY, 2), 0);
  await rawBookings(AT_ONCE * 4);
  await sleep(FOLLOWED_WITHIN_MS);
  const idle = await phase(async () => {
    await sleep(3_000);
    return { count: 3, seconds: 3, latenciesMs: [] };
  });
  for (let round = 0; round < ROUNDS; round += 1) {
    await take('bookings', () => bookings(addDays(MONDAY, 3 + round), BOOKINGS), FOLLOWED_WITHIN_MS);
    await take('calls of a booking, raw', () => rawBookings(BOOKINGS));
    await take("a room's week", () => weeks(READS));
    await take("a center's week of rooms", () => centerWeeks(READS / 10));
  }
  for (let round = 0; round < RUSHES; round += 1) {
    await take('rush for a slot', () => slotRush(addDays(MONDAY, 8 + round), round), FOLLOWED_WITHIN_MS / 4);
    await take('rush for 20 places', () => seatRush(addDays(MONDAY, 8 + round), `rush-${round}`));
  }
  close();
  return report(`${machine()}; table kept by ${city.engineName}, on disk`, phases, idle);
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

function report(where: string, phases: Readonly<Record<string, readonly Phase[]>>, idle: Phase): string {
  const perSecond = (name: string) => median((phases[name] ?? []).map(({ count, seconds }) => count / seconds));
  const raw = perSecond('calls of a booking, raw');
  const summary = Object.entries(phases).map(([name, rounds]) => {
    const latencies = rounds.flatMap(({ latenciesMs }) => latenciesMs);
    return [
      name,
      perSecond(name),
      perSecond(name) / raw,
      Math.round(median(rounds.map(({ seconds }) => seconds * 1_000))),
      Math.round(median(latencies)),
      Math.round(quantile(latencies, 0.99)),
    ];
  });
  const perRequest = (rounds: readonly Phase[], part: string): number =>
    median(rounds.map(({ cpuMs, count }) => (cpuMs[part] ?? 0) / count));
  const parts = Object.entries({ ...phases, 'nothing, a second': [idle] }).flatMap(([name, rounds]) =>
    Object.keys(rounds[0]?.cpuMs ?? {})
      .map((part) => [part, perRequest(rounds, part)] as const)
      .filter(([, ms]) => ms >= 0.05)
      .map(([part, ms], index) => [index === 0 ? name : '', part, ms]),
  );
  return [
    `On ${where}; ${AT_ONCE} at once, rushes of ${CROWD}`,
    textTable([['', 'a second', 'to raw', 'all, ms', 'median ms', '99 % ms'], ...summary]),
    '',
    'Milliseconds of CPU for each request, with what follows it',
    textTable([['', 'where', 'ms'], ...parts]),
  ].join('\n');
}
