import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Booking } from '../../../shared/contracts/bookings.ts';
import { eventually } from '../../support/city.ts';
import { openRelease } from '../../support/release/keep.ts';
import { type Answered, readAll } from '../../support/release/reads.ts';
import { sessionAt, signIn } from '../../support/release/story.ts';

const fixtures = fileURLToPath(new URL('../../fixtures', import.meta.url));
const releases = readdirSync(fixtures).filter((name) => name.startsWith('data-'));

/** What names an entry of a list: all ids that stand in it. */
const namesOf = (entry: unknown): string =>
  entry && typeof entry === 'object'
    ? Object.entries(entry)
        .flatMap(([name, value]) => (name.endsWith('Id') ? [`${name} ${value}`] : []))
        .sort()
        .join()
    : '';

/**
 * What two answers of the same code may differ in: when somebody of the staff looked, the seal of a cursor, and the order of lists: of people
 * that one acts for, and of what is theirs, it was the engine's own.
 */
const comparable = ({ path, body, ...answer }: Answered): Answered => {
  if (!body || typeof body !== 'object') return { path, body, ...answer };
  const { nextCursor: _, ...rest } = body as { nextCursor?: string; reads?: { at: string }[] };
  const reads = rest.reads?.map(({ at: __, ...read }) => JSON.stringify(read)).sort();
  const listed = Object.entries(rest).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.toSorted((one, other) => (namesOf(one) < namesOf(other) ? -1 : 1)) : value,
  ]);
  return { path, body: { ...Object.fromEntries(listed), ...(reads ? { reads } : {}) }, ...answer };
};

describe.each(releases)('the data of %s, opened by the code of now', (release) => {
  let opened: Awaited<ReturnType<typeof openRelease>>;
  beforeAll(async () => {
    opened = await openRelease(`${fixtures}/${release}`);
  });
  afterAll(() => opened.close());
  const as = () => ({ ...opened, id: opened.hands.id, post: opened.hands.post, get: opened.hands.get });

  test('is read by everybody as it was: each answer has all that it had', async () => {
    const { hands, answers } = opened;
    const kept = await answers();
    const before = Map.groupBy(kept.map(comparable), ({ path }) => path);
    const now = Map.groupBy((await readAll(hands, kept)).map(comparable), ({ path }) => path);
    for (const [path, ofPath] of before) expect(now.get(path), path).toMatchObject(ofPath);
  });

  test('lets everybody in by their phone', async () => {
    const { id } = as();
    expect(await signIn(opened, '19900000001')).toMatchObject({ personId: id('lin') });
  });

  test('takes a new booking and cancels one of then', async () => {
    const { id, post, scene } = as();
    const sessionIds = [sessionAt('yuhu.center.homework', '2026-03-17', '16:30')];
    const { bookings } = await post('lin', '/v1/session-bookings', { sessionIds, beneficiaryIds: [id('lin-jie')] });
    expect(bookings).toMatchObject([{ state: 'booked', beneficiaryId: id('lin-jie') }]);
    const { booking } = await post('lin', `/v1/people/${id('lin-jie')}/bookings/${scene['booking']}/cancel`);
    expect(booking).toMatchObject({ state: 'canceled', bookingId: scene['booking'] });
  });

  test('is worked with at the desk and at the door', async () => {
    const { hands, id, post, get, scene } = as();
    const sessionId = sessionAt('yuhu.center.homework', '2026-03-10', '16:30');
    const mark = { sessionId, personId: id('lin-jie'), to: 'checked-in' };
    const { seat } = await post('staff', '/v1/centers/yuhu/attendance', mark);
    expect(seat).toMatchObject({ personId: id('lin-jie'), state: 'checked-in' });

    const appeal = `/v1/people/${id('wang')}/no-shows/${scene['wangMissed']}/decision`;
    const { noShow } = await post('staff', appeal, { accept: true, reason: '有病历' });
    expect(noShow).toMatchObject({ state: 'excused' });

    const { code } = await get('elder', `/v1/people/${id('elder')}/bookings/${scene['room']}/entry-code`);
    const lock = { authorization: `Bearer ${scene['doorKey']}` };
    expect(await hands.do(undefined, 'POST', '/v1/doors/yuhu.hall/entries', { code }, lock)).toEqual({ open: true });
  });

  test('has its holds confirmed, approved, and its offer accepted', async () => {
    const { id, post, get, scene } = as();
    const word = async (who: string, code: string, path: string, body?: object) =>
      (await post(who, `/v1/orders/${scene[code]}/${path}`, body)).order;
    expect(await word('zhou', 'paymentHold', 'confirm', { amountFen: 3_000 })).toMatchObject({ status: 'booked' });
    const taken = await word('wang', 'offer', 'confirm', {});
    expect(taken).toMatchObject({ status: 'booked', totalFen: 2_600 });
    // Who has waited since then is offered the place when it is free again.
    await post('wang', `/v1/people/${id('wang-er')}/bookings/${taken.bookings[0].bookingId}/cancel`);
    const dance = sessionAt('yuhu.shiguang.dance', '2026-03-11', '18:30');
    await eventually('an offer to who waits', 20_000, async () => {
      const { bookings } = await get('zhou', '/v1/bookings');
      return (bookings as Booking[]).find(({ heldFor, sessionId }) => heldFor === 'offer' && sessionId === dance);
    });
    expect(await word('staff', 'approvalHold', 'approve')).toMatchObject({ status: 'booked' });
    expect(await word('staff', 'heldRoom', 'approve')).toMatchObject({ status: 'booked' });
  });

  test('has its series changed and its closure lifted', async () => {
    const { hands, post, get, scene } = as();
    const path = `/v1/series/${scene['series']}`;
    const change = { scope: 'this', recurrence: '2026-03-17', move: { startsAt: '15:00', endsAt: '16:00' } };
    const { series } = await hands.do('zhou', 'PATCH', path, change);
    const moved = series.occurrences.find((one: { recurrence: string }) => one.recurrence === '2026-03-17');
    expect(moved).toMatchObject({ outcome: 'booked', startsAt: '15:00', endsAt: '16:00', sequence: 2 });

    const closure = `/v1/centers/yuhu/closures/${scene['closure']}`;
    const before = await get('staff', closure);
    expect(await post('staff', `${closure}/lift`)).toMatchObject({ closure: { status: 'lifted' } });
    const after = await get('staff', closure);
    expect(after.rows.map((row: { bookingId: string }) => row.bookingId).sort()).toEqual(
      before.rows.map((row: { bookingId: string }) => row.bookingId).sort(),
    );
  });

  test('is changed by families, the bureau and the court', async () => {
    const { hands, id, post, get, scene } = as();
    await post('lin', `/v1/households/${scene['linHousehold']}/merges/${scene['merge']}/undo`);
    await post('elder', `/v1/people/${id('elder')}/grants/${scene['grant']}/end`);
    const { limit } = await post('admin', `/v1/people/${id('lin-di')}/limits/${scene['limit']}/lift`, {
      reason: '判决已变更',
      documentNumber: '（2026）示例 13 号',
    });
    expect(limit.lifted).toBeDefined();
    const { pass } = await post('staff', `/v1/people/${id('chen-er')}/passes/${scene['partPass']}/parts/2/paid`);
    const { passes } = await get('chen', `/v1/people/${id('chen-er')}/allowances`);
    expect(passes).toMatchObject([{ passId: pass.passId, left: pass.left }]);
    const { signature } = await post('lin', `/v1/people/${id('lin-jie')}/waivers/photos/sign`, {
      version: 2,
      signedName: '林晚晴',
    });
    expect(signature).toMatchObject({ version: 2 });
    const claim = `/v1/rounds/${scene['openRound']}/claims/${scene['application']}`;
    const confirmed = await post('staff', claim, { groupId: 'low-income', confirmed: true });
    expect(confirmed).toMatchObject({ claim: { confirmed: true } });
    const { person } = await hands.change('lin', 'PATCH', `/v1/people/${id('lin-jie')}`, { district: '城厢区' });
    expect(person).toMatchObject({ district: '城厢区', school: '示例小学' });
  });

  test('has nothing in it that anything stumbles over', async () => {
    const { city, hands, answers } = opened;
    const asked = (await answers()).filter(({ who }) => who === 'lin' || who === 'staff');
    expect((await readAll(hands, asked)).filter(({ status }) => status >= 500)).toEqual([]);
    for (const name of ['bookings-schedule', 'rounds-schedule', 'closures-schedule', 'series-schedule'])
      await city.fireSchedule(name);
    expect(city.troubles.filter((line) => !line.includes('"message":"orders released"'))).toEqual([]);
  });
});
