import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import * as centers from '../../../functions/centers/handler.ts';
import { importFolder } from '../../../import/import-folder.ts';
import { personIdOf } from '../../../import/plan/people.ts';
import { accessRecord } from '../../../shared/access/access-record.ts';
import { encodeRoomEntry, roomDayItem } from '../../../shared/booking/items/day-sheet.ts';
import { encodeSeat, type SessionItem, sessionItem } from '../../../shared/booking/items/session.ts';
import { derivedId } from '../../../shared/kernel/ids.ts';
import { writable } from '../../../shared/table/claim-key.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { update } from '../../../shared/table/write.ts';
import { cityOf } from '../../support/invoke.ts';
import { newCardNumber, newPhone, resident } from '../../support/residents.ts';
import { folderOf, goodSheets, optionsFor, type Sheets } from './folder.ts';

/** Every test has a city of its own. */
let tenantId = '';
let count = 0;
beforeEach(() => {
  count += 1;
  tenantId = `${(process.env['TENANTS'] ?? '').split(',')[0]}-${count}`;
  process.env['TENANTS'] = `${(process.env['TENANTS'] ?? '').split(',')[0]},${tenantId}`;
});

const imported = async (sheets: Sheets, facts: { strict?: boolean; now?: Date } = {}) =>
  importFolder(await folderOf(sheets), optionsFor({ tenantId, ...facts }));
const foundIn = ({ problems }: Awaited<ReturnType<typeof imported>>) =>
  problems.map(({ file, line, column, rule, about }) => [`${file}:${line}:${column}`, rule, ...(about ? [about] : [])]);

async function sessionsOf(centerId: string, ...weeks: string[]): Promise<SessionItem[]> {
  const found = await Promise.all(
    weeks.map((week) => queryAll({ pk: keys.booking.sessionWeek(tenantId, centerId, week) }, sessionItem)),
  );
  return found.flat();
}
const idsOf = (sessions: readonly SessionItem[]) =>
  sessions.map(({ sessionId }) => sessionId.split('.').slice(1).join('.'));
const roomDay = (date: string) => get(keys.booking.roomDay(tenantId, 'yuhu.room-201', date), roomDayItem);

describe('a folder of good sheets', () => {
  test('becomes a city: centers, rooms and offerings to look at', async () => {
    const report = await imported(goodSheets);
    expect(report).toMatchObject({ problems: [], written: true, people: { new: 2, same: 0 } });
    const city = cityOf(centers);
    const { body } = await city.get('/v1/centers/yuhu', { tenantId });
    expect(body.rooms).toMatchObject([
      {
        roomId: 'yuhu.room-201',
        equipment: [
          { zh: '白板', en: 'Whiteboard' },
          { zh: '投影', en: 'Projector' },
        ],
        bufferAfterMinutes: 15,
      },
    ]);
    expect(body.offerings.map((offering: { providerName: { en: string } }) => offering.providerName.en)).toEqual([
      'Yuhu',
      'Shiguang',
    ]);
    const opening = await city.get('/v1/centers/mulan/opening?from=2026-03-10&to=2026-03-11', { tenantId });
    expect(opening.body.days[0].hours).toEqual([
      { opensAt: '09:00', closesAt: '12:00' },
      { opensAt: '14:00', closesAt: '20:00' },
    ]);
    expect(opening.body.days[1]).toMatchObject({ reason: 'holiday', note: { zh: '城市节日' } });
  });

  test('becomes sessions of each term, without the days on which the center is closed', async () => {
    const report = await imported(goodSheets);
    // Ten weekdays less the center's exception of the 5th and the city's holiday of the 11th; two Saturdays.
    expect(report.sessions).toEqual({ new: 10, changed: 0, same: 0, closedDays: 2 });
    const sessions = await sessionsOf('yuhu', '2026-W10', '2026-W11');
    expect(idsOf(sessions)).toEqual([
      'center.four-thirty.20260302t1630',
      'center.four-thirty.20260303t1630',
      'center.four-thirty.20260304t1630',
      'center.four-thirty.20260306t1630',
      'shiguang.art.20260307t1000',
      'center.four-thirty.20260309t1630',
      'center.four-thirty.20260310t1630',
      'center.four-thirty.20260312t1630',
      'center.four-thirty.20260313t1630',
      'shiguang.art.20260314t1000',
    ]);
    expect(sessions[0]).toMatchObject({ capacity: 40, taken: 0, roomId: 'yuhu.room-201', minAgeYears: 6 });
  });

  test('lets a session occupy its room’s day', async () => {
    await imported(goodSheets);
    const sheet = await roomDay('2026-03-02');
    expect(sheet?.busy).toEqual(new Set([66, 67, 68, 69, 70, 71]));
    expect(sheet?.entries).toEqual({ 'yuhu.center.four-thirty.20260302t1630': { startsAt: '16:30', endsAt: '18:00' } });
    expect(await roomDay('2026-03-05')).toBeUndefined();
  });

  test('follows the city’s clock where a term begins this week', async () => {
    // Sunday evening in London is Monday morning in Putian, so the week is the next one.
    await imported({ ...goodSheets, exceptions: '' }, { now: new Date('2026-03-01T22:00:00Z') });
    expect(idsOf(await sessionsOf('yuhu', '2026-W09'))).toEqual([]);
    expect(idsOf(await sessionsOf('yuhu', '2026-W10'))).toContain('shiguang.art.20260307t1000');
  });

  test('makes people with their household, guardian and post', async () => {
    await imported(goodSheets);
    const mother = personIdOf(tenantId, 'mother');
    const child = personIdOf(tenantId, 'child');
    const access = await get(keys.people.access(tenantId, mother), accessRecord);
    expect(access?.actsFor[child]?.as).toBe('guardian');
    expect(Object.values(access?.posts ?? {})).toMatchObject([{ kind: 'center-staff', centerId: 'yuhu' }]);
    const householdId = derivedId('h', 'import', tenantId, 'lin');
    const members = await queryAll(
      { pk: keys.people.householdPartition(tenantId, householdId) },
      z.looseObject({ sk: z.string() }),
    );
    expect(members).toMatchObject([{ memberCount: 2, name: '林晚晴的家' }, {}, {}]);
  });
});

describe('importing again', () => {
  test('changes nothing', async () => {
    await imported(goodSheets);
    const before = await sessionsOf('yuhu', '2026-W10', '2026-W11');
    const report = await imported(goodSheets);
    expect(report.problems).toEqual([]);
    expect(report.catalog).toMatchObject({ new: 0, changed: 0 });
    expect(report.sessions).toMatchObject({ new: 0, changed: 0, same: 10 });
    expect(report.people).toEqual({ new: 0, same: 2 });
    expect(await sessionsOf('yuhu', '2026-W10', '2026-W11')).toEqual(before);
  });

  test('brings new facts to sessions that stand, and leaves who has a place alone', async () => {
    await imported(goodSheets);
    const sessionId = 'yuhu.center.four-thirty.20260302t1630';
    const childId = personIdOf(tenantId, 'child');
    const seat = {
      bookingId: '20260302-0123456789abc',
      actorId: personIdOf(tenantId, 'mother'),
      bookedAt: '2026-03-01T00:00:00.000Z',
      requestHash: 'hash',
    };
    const seats = { [childId]: seat };
    await update({
      key: writable(keys.booking.session(tenantId, sessionId)),
      update: 'SET seats = :seats, taken = :one, #status = :closed',
      names: { '#status': 'status' },
      values: { ':seats': { [childId]: encodeSeat(seat) }, ':one': 1, ':closed': 'closed' },
    });
    const offerings = goodSheets.offerings.replace('四点半课堂,Four-thirty class,6,12', '放学后课堂,After school,6,');
    const sessions = goodSheets.sessions.replace(',40,', ',45,');
    const report = await imported({ ...goodSheets, offerings, sessions });
    expect(report.sessions).toMatchObject({ new: 0, changed: 8, same: 2 });
    const stored = await get(keys.booking.session(tenantId, sessionId), sessionItem);
    expect(stored).toMatchObject({ capacity: 45, title: { zh: '放学后课堂' }, seats, taken: 1, status: 'closed' });
    expect(stored).not.toHaveProperty('maxAgeYears');
  });

  test('refuses fewer places than are taken, and another room or end for a session that stands', async () => {
    await imported(goodSheets);
    const sessionId = 'yuhu.shiguang.art.20260307t1000';
    await update({
      key: writable(keys.booking.session(tenantId, sessionId)),
      update: 'SET taken = :five',
      values: { ':five': 5 },
    });
    const sessions = `offering,weekdays,startsAt,endsAt,capacity,room,from,weeks
yuhu.center.four-thirty,1,16:30,17:30,40,yuhu.room-201,2026-03-02,1
yuhu.shiguang.art,6,10:00,11:30,4,,this-week,1`;
    expect(foundIn(await imported({ sessions }))).toEqual([
      ['sessions.csv:2:endsAt', 'session-stands', 'yuhu.center.four-thirty.20260302t1630'],
      ['sessions.csv:3:capacity', 'capacity-below-taken', sessionId],
    ]);
    expect(await get(keys.booking.session(tenantId, sessionId), sessionItem)).toMatchObject({ capacity: 20, taken: 5 });
  });

  test('keeps what a person, or a center for another date, has changed meanwhile', async () => {
    await imported(goodSheets);
    const mother = keys.people.profile(tenantId, personIdOf(tenantId, 'mother'));
    const rename = { update: 'SET #name = :new', names: { '#name': 'name' }, values: { ':new': '林晚秋' } };
    await update({ key: mother, ...rename });
    const exceptions = goodSheets.exceptions.replace('03-05', '04-01');
    expect((await imported({ ...goodSheets, exceptions })).catalog).toMatchObject({ changed: 1 });
    expect(await get(mother, z.looseObject({ name: z.string() }))).toMatchObject({ name: '林晚秋' });
    const { body } = await cityOf(centers).get('/v1/centers/yuhu/opening?from=2026-03-05&to=2026-03-05', { tenantId });
    expect(body.days[0].reason).toBe('exception');
  });

  test('adds to a household and to who may act for whom', async () => {
    await imported(goodSheets);
    const people = `${goodSheets.people.replace(',child,center', ',child|baby,center')}\nbaby,林初雪,2025-01-02,,,,lin,child,,`;
    for (let times = 0; times < 2; times += 1) await imported({ people });
    const access = await get(keys.people.access(tenantId, personIdOf(tenantId, 'mother')), accessRecord);
    expect(access?.actsFor[personIdOf(tenantId, 'baby')]?.as).toBe('guardian');
    const household = keys.people.household(tenantId, derivedId('h', 'import', tenantId, 'lin'));
    expect(await get(household, z.looseObject({}))).toMatchObject({ memberCount: 3 });
  });
});

describe('rows against each other and the city', () => {
  const sessionsWith = (...rows: string[]) => [goodSheets.sessions.split('\n')[0], ...rows].join('\n');

  test('good rows go in, bad ones are reported', async () => {
    const rooms = `${goodSheets.rooms}\nnowhere.room-1,教室,Room,,10,,,,,,,`;
    const report = await imported({ ...goodSheets, rooms });
    expect(foundIn(report)).toEqual([['rooms.csv:3:id', 'unknown-center', 'nowhere']]);
    expect(report).toMatchObject({ written: true, sessions: { new: 10 } });
  });

  test('strictly, nothing goes in when one row is bad', async () => {
    const rooms = `${goodSheets.rooms}\nnowhere.room-1,教室,Room,,10,,,,,,,`;
    const report = await imported({ ...goodSheets, rooms }, { strict: true });
    expect(report.written).toBe(false);
    expect((await cityOf(centers).get('/v1/centers', { tenantId })).body.centers).toEqual([]);
    expect(await sessionsOf('yuhu', '2026-W10')).toEqual([]);
  });

  test('a reference may lead to the folder or to the city, and nowhere else', async () => {
    await imported(goodSheets);
    const sessions = sessionsWith(
      'yuhu.center.four-thirty,6,10:00,11:00,10,,2026-03-02,1',
      'yuhu.center.nothing,1,16:30,18:00,40,,2026-03-02,1',
      'yuhu.center.four-thirty,1,19:00,20:00,40,yuhu.room-999,2026-03-02,1',
    );
    const whitelist = `${goodSheets.whitelist.split('\n')[0]}\nnobody,yuhu,food,,2026-01-01,2026-12-31,active,2026-01-01`;
    const offerings = `${goodSheets.offerings.split('\n')[0]}\nyuhu.nobody.art,leisure,画,Art,,,1,1,market`;
    const people = 'code,name,actsFor,posts\na,林一,ghost,\nb,林二,,operator-staff:nobody|center-staff:nowhere';
    const report = await imported({ sessions, whitelist, offerings, people });
    expect(foundIn(report)).toEqual([
      ['offerings.csv:2:id', 'unknown-operator', 'nobody'],
      ['people.csv:2:actsFor', 'unknown-person', 'ghost'],
      ['people.csv:3:posts', 'unknown-operator', 'nobody'],
      ['sessions.csv:3:offering', 'unknown-offering', 'yuhu.center.nothing'],
      ['sessions.csv:4:room', 'unknown-room', 'yuhu.room-999'],
      ['whitelist.csv:2:operator', 'unknown-operator', 'nobody'],
    ]);
    expect(report.sessions.new).toBe(1);
  });

  test('a session takes its teacher as it takes its room: nobody teaches two at a time', async () => {
    const [head = '', own = ''] = goodSheets.rooms.split('\n');
    const teacher = 'yuhu.teacher-1,林老师,Ms. Lin,,0,,,,no,0,0,0,teacher';
    const rooms = [`${head},kind`, `${own},`, teacher].join('\n');
    const sessions = `offering,weekdays,startsAt,endsAt,capacity,room,from,weeks,with
yuhu.center.four-thirty,1,16:30,18:00,40,,2026-03-02,1,yuhu.teacher-1
yuhu.center.four-thirty,1,17:00,18:30,40,,2026-03-02,1,yuhu.teacher-1`;
    const report = await imported({ ...goodSheets, rooms, sessions });
    expect(foundIn(report)).toEqual([['sessions.csv:3:with', 'room-taken', 'yuhu.teacher-1 2026-03-02 17:00–18:30']]);
    const day = await get(keys.booking.roomDay(tenantId, 'yuhu.teacher-1', '2026-03-02'), roomDayItem);
    expect(Object.values(day?.entries ?? {})).toMatchObject([{ startsAt: '16:30', endsAt: '18:00' }]);
  });

  test('two sessions cannot have one room at one time; the first row keeps it', async () => {
    const sessions = sessionsWith(
      'yuhu.center.four-thirty,1-5,16:30,18:00,40,yuhu.room-201,2026-03-02,1',
      'yuhu.shiguang.art,2|5,17:45,19:00,20,yuhu.room-201,2026-03-02,1',
    );
    const report = await imported({ ...goodSheets, sessions });
    expect(foundIn(report)).toEqual([
      ['sessions.csv:3:room', 'room-taken', 'yuhu.room-201 2026-03-03 17:45–19:00'],
      ['sessions.csv:3:room', 'room-taken', 'yuhu.room-201 2026-03-06 17:45–19:00'],
    ]);
    expect(report.sessions.new).toBe(4);
  });

  test('a session does not take a room from what is booked, and joins a day that is', async () => {
    await imported({ ...goodSheets, sessions: '' });
    const key = writable(keys.booking.roomDay(tenantId, 'yuhu.room-201', '2026-03-02'));
    const booking = { startsAt: '17:00', endsAt: '17:15' };
    await update({
      key,
      update: 'SET #e = :e ADD busy :q',
      names: { '#e': 'e:b' },
      values: { ':e': encodeRoomEntry(booking), ':q': new Set([68]) },
    });
    const sessions = sessionsWith(
      'yuhu.center.four-thirty,1-2,16:30,18:00,40,yuhu.room-201,2026-03-02,1',
      'yuhu.shiguang.art,1,19:00,20:00,20,yuhu.room-201,2026-03-02,1',
    );
    const report = await imported({ sessions });
    expect(foundIn(report)).toEqual([['sessions.csv:2:room', 'room-taken', 'yuhu.room-201 2026-03-02 16:30–18:00']]);
    expect(report.sessions.new).toBe(2);
    const sheet = await roomDay('2026-03-02');
    expect(Object.keys(sheet?.entries ?? {}).sort()).toEqual(['b', 'yuhu.shiguang.art.20260302t1900']);
  });

  test('a time outside the regular hours is a mistake of the sheet, told once for each weekday', async () => {
    const sessions = sessionsWith('yuhu.shiguang.art,5-7,17:30,19:00,20,,2026-03-02,8');
    const report = await imported({ ...goodSheets, sessions });
    expect(foundIn(report)).toEqual([
      ['sessions.csv:2:weekdays', 'outside-opening-hours', '6'],
      ['sessions.csv:2:weekdays', 'outside-opening-hours', '7'],
    ]);
    expect(report.sessions.new).toBe(8);
  });

  test('hours that overlap or end before they begin are refused', async () => {
    const opening = `${goodSheets.opening}\nyuhu,1,20:00,22:00\nmulan,6,12:00,09:00`;
    expect(foundIn(await imported({ ...goodSheets, opening }))).toEqual([
      ['opening.csv:6:closesAt', 'overlap', 'yuhu 1'],
      ['opening.csv:7:closesAt', 'ends', 'mulan 6'],
    ]);
  });

  test('a phone or a card belongs to one person, in the sheet and in the city', async () => {
    await imported(goodSheets);
    const { phone: taken } = await resident('陈已有', { tenantId });
    const [phone, card] = [newPhone(), newCardNumber('1950-01-01')];
    const people = `code,name,birthDate,phone,card
a,林一,,${taken},
b,林二,,${phone},${card}
c,林三,,${phone},
d,林四,,,${card}
e,林五,1950-01-02,,${newCardNumber('1950-01-01')}`;
    const report = await imported({ people });
    expect(foundIn(report)).toEqual([
      ['people.csv:2:phone', 'phone-taken'],
      ['people.csv:4:phone', 'duplicate'],
      ['people.csv:5:card', 'duplicate'],
      ['people.csv:6:birthDate', 'birth-date-differs'],
    ]);
    expect(report.people.new).toBe(1);
  });
});
