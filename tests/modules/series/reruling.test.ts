import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expand } from '../../../functions/series/recurrence/rules/expansion.ts';
import { pairsOf } from '../../../functions/series/recurrence/rules/pairing.ts';
import { handler as schedule } from '../../../functions/series/schedule.ts';
import type { ChangePreview, Series } from '../../../shared/contracts/series.ts';
import { center, room, type Someone, session, someone } from '../../support/builders.ts';
import { setClock } from '../../support/invoke.ts';
import { storedSheet } from '../rooms/stored.ts';
import {
  anew,
  april,
  change,
  city,
  counted,
  expectReportIsTrue,
  inRoom,
  make,
  offering,
  rowsOf,
  seriesNow,
  weekly,
} from './city.ts';

let resident: Someone;
let roomId: string;
let count = 0;

beforeAll(async () => {
  setClock(april);
  await center('yuhu');
});
beforeEach(async () => {
  setClock(april);
  count += 1;
  resident = await someone();
  roomId = await room('yuhu', `reruled-${count}`);
});

const onDays = (days: string, from: string, until: string) => ({
  dtstart: from,
  rrule: `FREQ=WEEKLY;BYDAY=${days};UNTIL=${until.replaceAll('-', '')}`,
});
const following = (recurrence: string, rule: object, facts: object = {}) => ({
  scope: 'this-and-following',
  recurrence,
  move: { rule, ...facts },
});
const all = (rule: object, facts: object = {}) => ({ scope: 'all', move: { rule, ...facts } });

async function previewOf(as: Someone, seriesId: string, body: object): Promise<ChangePreview> {
  const answer = await city.post(`/v1/series/${seriesId}/preview`, { as, body });
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
const fatesIn = ({ occurrences }: ChangePreview) =>
  occurrences.map(({ date, startsAt, fate, was }) => [fate, `${date} ${startsAt}`, was?.date]);
/** Its rule gives exactly its dates. */
const expectRuleIsTrue = ({ rule, occurrences }: Series) =>
  expect(expand(rule, '14:00', 'Asia/Shanghai', '2026-04-01').dates).toEqual(
    occurrences.map(({ recurrence }) => recurrence),
  );
const placesIn = ({ occurrences }: Pick<Series, 'occurrences'>) =>
  occurrences.map(({ date, startsAt, outcome }) => `${outcome} ${date} ${startsAt}`);

/** Wednesdays 15 April to 6 May. */
const made4 = () => make(resident, { target: inRoom(roomId), rule: weekly(4) });

describe('another day of the week', () => {
  test('for this and following: each goes to the new day of its week, as the preview said; what came before is untouched', async () => {
    const made = await made4();
    const rows = await rowsOf(resident.personId);
    const body = following('2026-04-22', onDays('FR', '2026-04-24', '2026-05-10'), { startsAt: '15:00' });
    const preview = await previewOf(resident, made.seriesId, body);
    // Friday 1 May is Labor Day: the old one of that week stays.
    expect(fatesIn(preview)).toEqual([
      ['free', '2026-04-24 15:00', '2026-04-22'],
      ['skipped', '2026-05-01 15:00', '2026-04-29'],
      ['free', '2026-05-08 15:00', '2026-05-06'],
    ]);
    expect(preview.occurrences[1]).toMatchObject({ code: 'holiday', why: { zh: '劳动节放假，不开放。' } });
    expect(await rowsOf(resident.personId)).toEqual(rows);
    const after = await change(resident, made.seriesId, body);
    expect(after).toMatchObject({ follows: made.seriesId, firstDate: '2026-04-24' });
    expect(placesIn(after)).toEqual(['booked 2026-04-24 15:00', 'booked 2026-04-29 14:00', 'booked 2026-05-08 15:00']);
    expect(after.occurrences[1]).toMatchObject({ recurrence: '2026-05-01', code: 'holiday' });
    const before = await seriesNow(resident, made.seriesId);
    expect(placesIn(before)).toEqual(['booked 2026-04-15 14:00']);
    for (const one of [before, after]) expectRuleIsTrue(one);
    const still = await rowsOf(resident.personId);
    expect(still).toContainEqual(rows.find(({ date }) => date === '2026-04-15'));
    for (const date of ['2026-04-22', '2026-05-06']) expect((await storedSheet(roomId, date)).busy).toEqual([]);
    await expectReportIsTrue(resident, [made.seriesId, after.seriesId], resident.personId);
    // The same again, also after its answer was lost, is the same.
    expect(await change(resident, made.seriesId, body)).toEqual(after);
    await expectReportIsTrue(resident, [made.seriesId, after.seriesId], resident.personId);
  });

  test('more days in a week: the old ones stay on theirs, the others are added; fewer: what has no place ends', async () => {
    const made = await made4();
    const more = all(onDays('WE,FR', '2026-04-15', '2026-05-08'));
    expect(fatesIn(await previewOf(resident, made.seriesId, more)).map(([fate]) => fate)).toEqual([
      ...['same', 'free', 'same', 'free', 'same', 'skipped', 'same', 'free'],
    ]);
    const twice = await change(resident, made.seriesId, more);
    expect(counted(twice)).toEqual({ booked: 7, skipped: 1 });
    expectRuleIsTrue(twice);
    expect(await change(resident, made.seriesId, more)).toEqual(twice);
    // Of the one that all went over from nothing is left to list.
    expect((await city.get('/v1/series', { as: resident })).body.series).toMatchObject([{ seriesId: twice.seriesId }]);
    const fewer = all(onDays('FR', '2026-04-17', '2026-05-08'));
    const preview = await previewOf(resident, twice.seriesId, fewer);
    expect(fatesIn(preview)).toContainEqual(['ends', '2026-04-15 14:00', undefined]);
    const once = await change(resident, twice.seriesId, fewer);
    expect(placesIn(once)).toEqual([
      ...['booked 2026-04-17 14:00', 'booked 2026-04-24 14:00', 'skipped 2026-05-01 14:00', 'booked 2026-05-08 14:00'],
    ]);
    expect(counted(await seriesNow(resident, twice.seriesId))).toEqual({ canceled: 4 });
    await expectReportIsTrue(resident, [made.seriesId, twice.seriesId, once.seriesId], resident.personId);
  });

  test('past and costly ones stay row for row, and nothing is booked beside them in their week', async () => {
    const slug = `costly-${count}`;
    const facts = { residentPriceFen: 2_000, grossPriceFen: 2_000 };
    const policy = { cancellation: [{ underHours: 24 * 10, keepPercent: 50 }] };
    const offeringId = await offering('yuhu', slug, { ...facts, policy });
    for (const date of ['2026-04-15', '2026-04-22', '2026-04-29', '2026-05-06'])
      for (const day of [date, `${date.slice(0, 8)}${String(Number(date.slice(8)) + 1).padStart(2, '0')}`])
        await session('yuhu', day, { slug, residentPriceFen: 2_000 });
    const made = await make(resident, { target: { kind: 'sessions', offeringId, startsAt: '16:30' }, rule: weekly(4) });
    setClock('2026-04-16T09:30:00Z'); // 15 April is past, 22 April nearer than ten days
    const me = await anew(resident);
    const rows = await rowsOf(resident.personId);
    const body = all(onDays('TH', '2026-04-16', '2026-05-10'));
    expect(fatesIn(await previewOf(me, made.seriesId, body))).toEqual([
      ['skipped', '2026-04-16 16:30', undefined],
      ['kept', '2026-04-22 16:30', undefined],
      ['free', '2026-04-30 16:30', '2026-04-29'],
      ['free', '2026-05-07 16:30', '2026-05-06'],
    ]);
    const after = await change(me, made.seriesId, body);
    expect(placesIn(after)).toEqual([
      ...['skipped 2026-04-16 16:30', 'booked 2026-04-30 16:30', 'booked 2026-05-07 16:30'],
    ]);
    const before = await seriesNow(me, made.seriesId);
    expect(placesIn(before)).toEqual(['booked 2026-04-15 16:30', 'booked 2026-04-22 16:30']);
    expect(before.occurrences[1]?.code).toBe('not-free-to-change');
    for (const one of [before, after]) expectRuleIsTrue(one);
    const still = await rowsOf(resident.personId);
    for (const row of rows.filter(({ date }) => date <= '2026-04-22')) expect(still).toContainEqual(row);
    await expectReportIsTrue(me, [made.seriesId, after.seriesId], resident.personId);
  });

  test('of dates that still wait: they wait on their new days', async () => {
    const made = await make(resident, { target: inRoom(roomId), rule: weekly(12) });
    const body = all(onDays('TH', '2026-04-16', '2026-07-02'));
    const preview = await previewOf(resident, made.seriesId, body);
    expect(preview.occurrences.filter(({ fate }) => fate === 'waiting')).toHaveLength(5);
    const nothing = await previewOf(resident, made.seriesId, { scope: 'all', move: { startsAt: '14:00' } });
    expect(new Set(nothing.occurrences.map(({ fate }) => fate))).toEqual(new Set(['same']));
    const after = await change(resident, made.seriesId, body);
    expect(counted(after)).toEqual({ booked: 7, waiting: 5 });
    setClock('2026-06-10T01:00:00Z');
    await schedule();
    expect(counted(await seriesNow(await anew(resident), after.seriesId))).toEqual({ booked: 11, skipped: 1 });
  });

  test('of a month: each visit goes to the new date of its month', async () => {
    const rule = { dtstart: '2026-04-10', rrule: 'FREQ=MONTHLY;BYMONTHDAY=10;COUNT=2' };
    const made = await make(resident, { target: inRoom(roomId), rule });
    const body = all({ dtstart: '2026-04-20', rrule: 'FREQ=MONTHLY;BYMONTHDAY=20;UNTIL=20260531' });
    expect(fatesIn(await previewOf(resident, made.seriesId, body))).toEqual([
      ['free', '2026-04-20 14:00', '2026-04-10'],
      ['free', '2026-05-20 14:00', '2026-05-10'],
    ]);
    expect(placesIn(await change(resident, made.seriesId, body))).toEqual([
      ...['booked 2026-04-20 14:00', 'booked 2026-05-20 14:00'],
    ]);
  });

  test('what is wrong with a rule is said as when a series is made, and nothing has changed', async () => {
    const made = await made4();
    const bad = [
      [all({ dtstart: '2026-04-15', rrule: 'FREQ=HOURLY;COUNT=3' }), 'series-rule'],
      [all({ dtstart: '2026-03-01', rrule: 'FREQ=DAILY;COUNT=2' }), 'series-empty'],
      [all({ dtstart: '2026-04-15', rrule: 'FREQ=DAILY' }), 'series-too-long'],
      [{ scope: 'this', recurrence: '2026-04-15', move: { rule: weekly(2) } }, 'invalid-input'],
    ] as const;
    for (const [body, code] of bad) {
      expect((await city.patch(`/v1/series/${made.seriesId}`, { as: resident, body })).body.code).toBe(code);
      expect((await city.post(`/v1/series/${made.seriesId}/preview`, { as: resident, body })).body.code).toBe(code);
    }
    expect(await seriesNow(resident, made.seriesId)).toEqual(made);
  });
});

describe('a preview of other changes', () => {
  test('tells of a move what is free, kept or the same, and over its own old time as the move itself would', async () => {
    const other = await someone();
    const taken = { date: '2026-04-22', startsAt: '15:00', endsAt: '16:00', purpose: '读书会' };
    await city.post(`/v1/rooms/${roomId}/bookings`, { as: other, body: taken });
    const made = await made4();
    const body = { scope: 'all', move: { startsAt: '14:30' } };
    expect(fatesIn(await previewOf(resident, made.seriesId, body))).toEqual([
      ['free', '2026-04-15 14:30', '2026-04-15'],
      ['skipped', '2026-04-22 14:30', '2026-04-22'],
      ['free', '2026-04-29 14:30', '2026-04-29'],
      ['free', '2026-05-06 14:30', '2026-05-06'],
    ]);
    const after = await change(resident, made.seriesId, body);
    expect(after.occurrences.map(({ startsAt, code }) => [startsAt, code])).toEqual([
      ['14:30', undefined],
      ['14:00', 'slot-taken'],
      ['14:30', undefined],
      ['14:30', undefined],
    ]);
  });

  test('tells of a cancellation what ends, and of one date that is past that it is', async () => {
    const made = await made4();
    const body = { scope: 'this-and-following', recurrence: '2026-04-29', cancel: true };
    expect(fatesIn(await previewOf(resident, made.seriesId, body)).map(([fate]) => fate)).toEqual(['ends', 'ends']);
    setClock('2026-04-20T01:00:00Z');
    const one = { scope: 'this', recurrence: '2026-04-15', move: { startsAt: '16:00' } };
    const path = `/v1/series/${made.seriesId}/preview`;
    expect((await city.post(path, { as: await anew(resident), body: one })).body.code).toBe('in-the-past');
    expect((await city.post(path, { as: await anew(await someone()), body })).body.code).toBe('no-authority');
  });
});

test('old dates go to the new ones of the same week, in order; what both have stays', () => {
  const rule = { ...onDays('MO,WE', '2026-04-13', '2026-05-10'), exdates: [], rdates: [] };
  const { moves, ends } = pairsOf(
    ['2026-04-14', '2026-04-15', '2026-04-17', '2026-04-28'],
    ['2026-04-13', '2026-04-15', '2026-04-20', '2026-04-27', '2026-04-29'],
    rule,
  );
  expect([...moves]).toEqual([
    ['2026-04-13', '2026-04-14'],
    ['2026-04-15', '2026-04-15'],
    ['2026-04-20', undefined],
    ['2026-04-27', '2026-04-28'],
    ['2026-04-29', undefined],
  ]);
  expect(ends).toEqual(['2026-04-17']);
});
