import { afterAll, beforeAll, expect, test } from 'vitest';
import { draw } from '../../../functions/rounds/draw/rules/draw.ts';
import * as rounds from '../../../functions/rounds/handler.ts';
import { counterFactFrom } from '../../../shared/booking/facts/counters.ts';
import { usualRules } from '../../../shared/booking/items/city-rules.ts';
import { chargesOf } from '../../../shared/booking/price/fair-use.ts';
import type { Publication } from '../../../shared/contracts/rounds.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { getMany } from '../../../shared/table/read.ts';
import { fairUse } from '../../modules/allowances/support.ts';
import { center, type Someone, session, someone, storedSession } from '../../support/builders.ts';
import { type CityUnderTest, eventually, startTestCity } from '../../support/city.ts';
import { cityOf, setClock, tenants } from '../../support/invoke.ts';
import { afterQuiet } from './storm.ts';

const DATE = '2026-03-20';
const FUNCTION = 'rounds-schedule';

let city: CityUnderTest;
beforeAll(async () => {
  city = await startTestCity();
  await center('yuhu');
});
afterAll(() => city.stop());

/** The city's clock stands still for nobody, so what lies before its present is done here, against its table. */
const before = cityOf(rounds);

type Family = { readonly parent: Someone; readonly children: readonly Someone[] };

async function family(size: number): Promise<Family> {
  const children = await Promise.all(Array.from({ length: size }, () => someone({ birthDate: '2018-06-01' })));
  return { parent: await someone({ guardianOf: children }), children };
}

/** A round whose draw is due: `families` have applied for these sessions, all in the past of the city. */
async function dueRound(
  sessionIds: readonly string[],
  count: number,
): Promise<{ roundId: string; families: Family[] }> {
  const present = clockNow();
  setClock('2026-02-10T01:00:00Z');
  const officer = await someone({ posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
  const body = {
    title: { zh: '春季抽签', en: 'Spring round' },
    opensAt: '2026-02-01T00:00:00Z',
    closesAt: '2026-02-20T00:00:00Z',
    drawsAt: '2026-02-21T00:00:00Z',
    sessionIds,
  };
  const { roundId } = (await before.post('/v1/rounds', { as: officer, body })).body.round;
  const families: Family[] = [];
  for (let index = 0; index < count; index += 1) {
    const { parent, children } = await family(1 + (index % 3 === 0 ? 1 : 0));
    const wishes = [...sessionIds.slice(index % sessionIds.length), ...sessionIds.slice(0, index % sessionIds.length)];
    const answer = await before.post(`/v1/rounds/${roundId}/applications`, {
      as: parent,
      body: { childIds: children.map(({ personId }) => personId), wishes: wishes.slice(0, 4) },
    });
    expect(answer.status, answer.text).toBe(201);
    families.push({ parent, children });
  }
  setClock(present);
  return { roundId, families };
}

const rule = fairUse({ ruleId: 'places', of: { kind: 'session' }, unit: 'bookings', free: 3 });

test('a round whose function dies again and again is drawn once; everybody gets what the draw gave, is counted and told once', async () => {
  // Each place counts against an allowance, so an order decides about each.
  const rules = { is: 'city-rules', ...usualRules, version: 1, fairUse: [rule] };
  await putMany([{ key: keys.rules.city(tenants()[0]), item: rules }]);
  const sessionIds = await Promise.all(
    Array.from({ length: 8 }, (_, index) =>
      session('yuhu', DATE, { slug: `r${index}`, capacity: 3, startsAt: '16:30' }),
    ),
  );
  const { roundId, families } = await dueRound(sessionIds, 24);
  const current = async () => (await city.get(`/v1/rounds/${roundId}`)).body.round;
  const hashes = new Set<string>();
  const diedWhile = new Set<string>();
  for (let deaths = 0; (await current()).phase !== 'settled'; deaths += 1) {
    expect(deaths, 'each run gets further than the one before').toBeLessThan(60);
    city.killNext(FUNCTION, { afterWrites: 1 + ((deaths * 3) % 11) });
    const died = await city.fireSchedule(FUNCTION).then(
      () => false,
      () => true,
    );
    const { resultHash, phase } = await current();
    if (died) diedWhile.add(phase);
    if (resultHash) hashes.add(resultHash);
  }
  expect(hashes.size).toBe(1);
  // It dies on both sides of the draw. Whether it also dies after its last write is a matter of how many its writes are.
  expect([...diedWhile].filter((phase) => phase !== 'settled')).toEqual(['closed', 'drawn']);
  const page: Publication = (await city.get(`/v1/rounds/${roundId}/publication`)).body;
  const places = page.sessions.map((one) => one.places);
  expect(draw(page.seed, places, page.applications)).toEqual(page.applications);
  const given = page.applications.filter(({ place }) => place !== null);
  const seats = await Promise.all(sessionIds.map(async (sessionId) => storedSession(sessionId)));
  for (const { sessionId, number } of page.sessions) {
    const stored = seats.find((one) => one.sessionId === sessionId);
    const won = given.filter(({ place }) => place === number).reduce((sum, { size }) => sum + size, 0);
    expect(stored).toMatchObject({ status: 'open', taken: won });
  }
  const personIds = families.flatMap(({ children }) => children.map(({ personId }) => personId));
  await afterQuiet({ sessionIds, dates: [DATE], personIds });
  const winners = seats.flatMap((stored) => Object.keys(stored.seats));
  expect(winners.length).toBeGreaterThan(0);
  for (const personId of personIds) {
    const counted = await countedOf(personId);
    expect(counted, personId).toBe(winners.includes(personId) ? 1 : 0);
  }
  for (const { parent } of families) {
    const messageId = `round-result:${roundId}:${parent.personId}`;
    await eventually(`the message of ${parent.personId}`, 20_000, () => sentAs(messageId));
  }
  for (const { seats: taken } of seats)
    for (const { bookingId } of Object.values(taken))
      expect(await sentAs(`booking-confirmed:${bookingId}`)).toBeUndefined();
});

/** How many places the week has counted for somebody. */
async function countedOf(personId: string): Promise<number> {
  const [charged] = chargesOf([rule], { kind: 'session', date: DATE, quarters: 6, priceFen: 0, personId });
  const { of = '', id = '' } = charged?.charge ?? {};
  const [item] = await getMany([keys.booking.counter(tenants()[0], of, id)]);
  return counterFactFrom(item).used;
}

/** What the messages function remembers of a message that it was given. */
async function sentAs(messageId: string): Promise<unknown> {
  const [item] = await getMany([keys.messages.sent(tenants()[0], messageId)]);
  return item?.['outcome'];
}
