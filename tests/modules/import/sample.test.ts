import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { permits, whitelistEntryItem } from '../../../functions/operators/index.ts';
import { pointerItem } from '../../../functions/people/index.ts';
import { profileItem } from '../../../functions/people/profiles/items.ts';
import { draw } from '../../../functions/rounds/draw/rules/draw.ts';

import * as rounds from '../../../functions/rounds/handler.ts';
import { personIdOf } from '../../../import/plan/people.ts';
import { openSampleRounds } from '../../../import/sample/rounds.ts';
import { type SampleAccount, type SeedOptions, seedIfEmpty } from '../../../import/sample/seed.ts';
import { readFolder } from '../../../import/sheets/read-folder.ts';
import { accessRecord } from '../../../shared/access/access-record.ts';
import { bookingRow } from '../../../shared/booking/items/booking-row.ts';
import { type SessionItem, sessionItem } from '../../../shared/booking/items/session.ts';
import type { Publication } from '../../../shared/contracts/rounds.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { addDays, ageOn, datesBetween, isoWeekOf } from '../../../shared/kernel/days.ts';
import { normalizedPhone } from '../../../shared/kernel/phone.ts';
import { deriveLookupMac } from '../../../shared/keyring/keyring.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { cityOf, setClock } from '../../support/invoke.ts';
import { tenants } from '../../support/tenants.ts';

const dataFolder = fileURLToPath(new URL('../../../data/putian', import.meta.url));
const [tenantId] = tenants();
/** A Wednesday of an ordinary week. */
const now = new Date('2026-03-04T02:00:00Z');
const city = cityOf(rounds);
const monday = '2026-03-02';
const seed = (facts: Partial<SeedOptions> = {}) =>
  seedIfEmpty({ dataFolder, tenantId, now, report: () => {}, ...facts });
const sessionsOf = async (centerId: string, week: string) =>
  queryAll({ pk: keys.booking.sessionWeek(tenantId, centerId, week) }, sessionItem);

test('the sheets of Putian are right in every row, and as large as the city', async () => {
  const { rows, problems } = await readFolder(dataFolder);
  expect(problems).toEqual([]);
  const sizes = Object.fromEntries(Object.entries(rows).map(([name, { length }]) => [name, length]));
  expect(sizes).toMatchObject({ centers: 17, operators: 40, offerings: 122, people: 2_000 });
  expect(sizes['rooms']).toBeGreaterThanOrEqual(60);
  expect(new Set(rows.offerings.map(({ row }) => row.service)).size).toBe(6);
  expect(rows.centers.every(({ row }) => row.sample)).toBe(true);
  expect(rows.operators.every(({ row }) => row.sample)).toBe(true);
});

describe('the sample city', () => {
  let people: readonly SampleAccount[] = [];
  let week: SessionItem[] = [];

  beforeAll(async () => {
    setClock(now);
    // The first start is cut off once the sessions are written, before anybody lives there.
    const cutOff = (line: string) => {
      if (line.includes('sessions')) throw new Error('cut off');
    };
    await expect(seed({ report: cutOff })).rejects.toThrow('cut off');
    const second = await seed();
    expect(second.seeded).toBe(true);
    people = second.people;
    week = await sessionsOf('yuhu', isoWeekOf(monday));
  }, 180_000);

  test('has people on the boards of today, of the right age, each with a booking of their own', async () => {
    const today = week.filter(({ date }) => date === '2026-03-04');
    const guests = today.flatMap((session) =>
      Object.entries(session.seats).map(([personId, seat]) => ({ session, personId, seat })),
    );
    expect(guests.length).toBeGreaterThan(20);
    for (const { session, personId, seat } of guests) {
      expect(await get(keys.booking.booking(tenantId, personId, seat.bookingId), bookingRow)).toMatchObject({
        sessionId: session.sessionId,
        state: 'booked',
      });
      const { birthDate } = (await get(keys.people.profile(tenantId, personId), profileItem)) ?? {};
      const age = ageOn(birthDate ?? '', session.date);
      expect(age).toBeGreaterThanOrEqual(session.minAgeYears ?? 0);
      expect(age).toBeLessThanOrEqual(session.maxAgeYears ?? 150);
    }
    const counted = today.every(({ taken, seats }) => taken === Object.keys(seats).length);
    expect(counted).toBe(true);
  });

  test('has a round that takes applications and one that has been drawn; anybody can redo the draw, and claims wait for staff', async () => {
    const { rounds: all } = (await city.get('/v1/rounds')).body;
    const said = all.map(({ title, phase }: { title: { zh: string }; phase: string }) => [title.zh, phase]);
    expect(said).toEqual([
      ['周末科学营抽签（示例）', 'open'],
      ['少儿舞蹈抽签（示例）', 'drawn'],
    ]);
    const [open, drawn] = all;
    const page: Publication = (await city.get(`/v1/rounds/${drawn.roundId}/publication`)).body;
    const places = page.sessions.map((session) => session.places);
    expect(draw(page.seed, places, page.applications)).toEqual(page.applications);
    expect(page.applications).toHaveLength(30);
    expect(page.applications.filter(({ group }) => group === 1)).toHaveLength(2);
    const placed = page.applications.filter(({ place }) => place !== null).length;
    expect(placed).toBeGreaterThanOrEqual(20);
    expect(placed).toBeLessThan(30);
    const seated = await Promise.all(
      page.sessions.map(({ sessionId }) => get(keys.booking.session(tenantId, sessionId), sessionItem)),
    );
    expect(seated.reduce((sum, session) => sum + (session?.taken ?? 0), 0)).toBe(placed);
    const staff = await signAccessToken(
      { tenantId, personId: personIdOf(tenantId, 'staff-yuhu'), signInId: 's' },
      clockNow(),
    );
    const { claims } = (await city.get(`/v1/rounds/${open.roundId}/claims`, { as: { token: staff } })).body;
    expect(claims).toHaveLength(2);
    // Whoever is at home in the sample has not applied, and can.
    expect(new Date(open.closesAt) > new Date(now.getTime() + 3 * 86_400_000)).toBe(true);
  });

  test('is complete after a seeding that was cut off, and left alone by the next start', async () => {
    const profile = keys.people.profile(tenantId, personIdOf(tenantId, 'r-1500'));
    expect(await get(profile, z.looseObject({}))).toMatchObject({ version: 1 });
    expect(await seed()).toEqual({ seeded: false, people });
  });

  test('brings in its rounds once, also when it was cut off before its mark and is completed on another day', async () => {
    const stored = async () => {
      const { rounds: all } = (await city.get('/v1/rounds')).body;
      return Promise.all(
        all.map(async ({ roundId }: { roundId: string }) => (await city.get(`/v1/rounds/${roundId}`)).body),
      );
    };
    const before = await stored();
    const tomorrow = new Date(now.getTime() + 86_400_000);
    const folder = await readFolder(dataFolder);
    await openSampleRounds(folder, { tenantId, now: tomorrow, progress: () => undefined });
    expect(await stored()).toEqual(before);
  });

  test('lets everybody sign in who is named, by a phone that is plainly invented', async () => {
    expect(people.length).toBeGreaterThanOrEqual(9);
    for (const { phone } of people) {
      expect(phone).toMatch(/^\+86199000\d{5}$/);
      expect(normalizedPhone(phone)).toBe(phone);
      expect(await get(keys.people.phone(tenantId, await deriveLookupMac('phone', phone)), pointerItem)).toBeDefined();
    }
  });

  test('has every post and every kind of right in it', async () => {
    const accessOf = async (code: string) => {
      const access = await get(keys.people.access(tenantId, personIdOf(tenantId, code)), accessRecord);
      return {
        posts: Object.values(access?.posts ?? {}).map(({ kind }) => kind),
        actsFor: Object.values(access?.actsFor ?? {}).map(({ as }) => as),
      };
    };
    expect(await accessOf('parent')).toEqual({ posts: [], actsFor: ['guardian', 'guardian', 'guardian'] });
    expect(await accessOf('proxy')).toEqual({ posts: [], actsFor: ['proxy', 'proxy'] });
    for (const [code, kind] of [
      ['staff-yuhu', 'center-staff'],
      ['staff-mulan', 'center-staff'],
      ['operator-staff', 'operator-staff'],
      ['officer-civil-affairs', 'bureau-officer'],
      ['officer-commerce', 'bureau-officer'],
      ['admin', 'platform-admin'],
    ] as const) {
      expect((await accessOf(code)).posts).toEqual([kind]);
    }
  });

  test.each(datesBetween(monday, addDays(monday, 6)))(
    'offers something to child, elder and grown-up at Yuhu on %s',
    (date) => {
      const today = week.filter((session) => session.date === date);
      const open = (age: number, matches: (session: SessionItem) => boolean) =>
        today.some(
          (session) => (session.minAgeYears ?? 0) <= age && age <= (session.maxAgeYears ?? 200) && matches(session),
        );
      for (const age of [7, 9]) expect(open(age, ({ service }) => service === 'childcare')).toBe(true);
      expect(open(2, ({ service }) => service === 'childcare')).toBe(true);
      expect(open(77, ({ service }) => service === 'elder-care')).toBe(true);
      expect(open(35, ({ startsAt }) => startsAt >= '18:00')).toBe(true);
      expect(today.some(({ providerId }) => providerId === 'shiguang')).toBe(true);
    },
  );

  test('has operators whom the whitelist no longer lets in, and all others on it', async () => {
    const { rows } = await readFolder(dataFolder);
    const refused = new Set<string>();
    for (const { row } of rows.centers) {
      for (const session of await sessionsOf(row.id, isoWeekOf(monday))) {
        const { providerId, centerId, service, date, grossPriceFen } = session;
        if (providerId === 'center') continue;
        const entry = await get(keys.operators.whitelistEntry(tenantId, providerId, centerId), whitelistEntryItem);
        if (!permits(entry, { service, date, priceFen: grossPriceFen })) refused.add(`${providerId} at ${centerId}`);
      }
    }
    expect([...refused].sort()).toEqual(['kangbu at xipan', 'moqi at yuhu', 'nongyin at mulan']);
  });

  test('gets the weeks that have come since when it is started again later', async () => {
    const lastWeek = isoWeekOf(addDays(monday, 8 * 7));
    expect(await sessionsOf('yuhu', lastWeek)).toEqual([]);
    const later = await seed({ now: new Date(now.getTime() + 7 * 86_400_000) });
    expect(later).toEqual({ seeded: true, people });
    expect((await sessionsOf('yuhu', lastWeek)).length).toBeGreaterThan(20);
  }, 60_000);
});
