import { beforeEach, describe, expect, test } from 'vitest';
import { importFolder } from '../../../import/import-folder.ts';
import { roomDayItem } from '../../../shared/booking/items/day-sheet.ts';
import { type SessionItem, sessionItem } from '../../../shared/booking/items/session.ts';
import type { ClosureScope } from '../../../shared/contracts/closures.ts';
import { keys } from '../../../shared/table/keys.ts';
import { get, queryAll } from '../../../shared/table/read.ts';
import { type Someone, someone } from '../../support/builders.ts';
import { interrupted } from '../../support/interrupted.ts';
import { setClock } from '../../support/invoke.ts';
import { resident } from '../../support/residents.ts';
import { tenants } from '../../support/tenants.ts';
import { folderOf, goodSheets, optionsFor, type Sheets } from '../import/folder.ts';
import { bookSession, closed, lifted, minutePasses, reason, reportOf, untilDone } from './support.ts';

const DAY = '2026-03-06';
const ROOM = 'yuhu.room-201';
const TEACHER = 'yuhu.teacher-lin';

/** Centers, offerings and people; what is published is each test's own. */
const { sessions: _, ...catalog } = goodSheets;

/** One city for all of it; each test has a week of its own to publish in. */
let staff: Someone;
let monday = '2026-03-02';
beforeEach(async () => {
  setClock('2026-03-02T01:00:00Z');
  if (staff) return;
  const rooms = `id,kind,name,nameEn,floor,seats,bookable,maxMinutesPerBooking
${ROOM},room,教室一,Classroom 1,2F,40,yes,180
${TEACHER},teacher,林老师,Ms Lin,,0,no,180`;
  const { problems } = await imported({ ...catalog, rooms });
  expect(problems).toEqual([]);
  staff = await someone({ posts: [{ kind: 'platform-admin' }] });
});

const imported = async (sheets: Sheets) => importFolder(await folderOf(sheets), optionsFor());
const HEADER = 'offering,weekdays,startsAt,endsAt,capacity,room,with,from,weeks';
const published = (...rows: string[]) => imported({ sessions: [HEADER, ...rows].join('\n') });
const classes = (weekdays: string, room = '', teacher = '') =>
  `yuhu.center.four-thirty,${weekdays},16:30,18:00,40,${room},${teacher},${monday},1`;

const foundIn = ({ problems }: Awaited<ReturnType<typeof imported>>) =>
  problems.map(({ line, column, rule, about }) => `${line}:${column} ${rule} ${about}`);
const sessionsOn = (date: string): Promise<SessionItem[]> => {
  const week = { '2026-03-02': '2026-W10', '2026-03-09': '2026-W11' }[monday] ?? '2026-W12';
  return queryAll({ pk: keys.booking.sessionWeek(tenants()[0], 'yuhu', week), begins: `${date}#` }, sessionItem);
};
const sheetOn = (resourceId: string, date: string) =>
  get(keys.booking.roomDay(tenants()[0], resourceId, date), roomDayItem);

/** Where the import puts sessions. */
const putsSessions = { command: 'TransactWriteItemsCommand', text: '"sessionId"' };

describe('sessions published where it is closed', () => {
  const day: ClosureScope = { kind: 'day', from: DAY, to: DAY };

  test('A13: are refused with the closure and its reason, row by row; what is open is published', async () => {
    const whole = await closed(staff, 'yuhu', day);
    const report = await published(classes('1-5', ROOM));
    expect(foundIn(report)).toEqual([`2:from closed ${DAY} 16:30 ${reason.zh} ${whole.closureId}`]);
    expect(report.sessions).toMatchObject({ new: 3, closedDays: 1 });
    expect(await sessionsOn(DAY)).toEqual([]);
    // Lifted, it is published like any other, also after an import in between.
    expect((await imported(catalog)).problems).toEqual([]);
    await lifted(staff, whole);
    await minutePasses();
    const again = await published(classes('1-5', ROOM));
    expect(foundIn(again)).toEqual([]);
    expect((await sessionsOn(DAY)).map(({ status }) => status)).toEqual(['open']);
  });

  test('one that was there before is shut, and importing its sheet again neither complains nor opens it', async () => {
    const whole = await closed(staff, 'yuhu', day);
    await untilDone(staff, whole);
    const report = await published(classes('1-5', ROOM));
    expect(foundIn(report)).toEqual([]);
    expect((await sessionsOn(DAY)).map(({ status }) => status)).toEqual(['closed']);
    await lifted(staff, whole);
    await minutePasses();
    expect((await sessionsOn(DAY)).map(({ status }) => status)).toEqual(['open']);
  });

  test('a closed room, a closed teacher: refused at their hours, named in the column of the sheet', async () => {
    monday = '2026-03-09';
    const morning = { startsAt: '08:00', endsAt: '12:00' };
    const room = await closed(staff, 'yuhu', { kind: 'resource', roomId: ROOM, from: '2026-03-09', to: '2026-03-09' });
    const teacher = await closed(staff, 'yuhu', {
      kind: 'resource',
      roomId: TEACHER,
      from: '2026-03-10',
      to: '2026-03-10',
    });
    await closed(staff, 'yuhu', { kind: 'resource', roomId: ROOM, from: '2026-03-12', to: '2026-03-12', ...morning });
    const report = await published(classes('1-2|4-5', ROOM, TEACHER));
    expect(foundIn(report)).toEqual([
      `2:room closed 2026-03-09 16:30 ${reason.zh} ${room.closureId}`,
      `2:with closed 2026-03-10 16:30 ${reason.zh} ${teacher.closureId}`,
    ]);
    expect(await sessionsOn('2026-03-12')).toHaveLength(1);
  });
});

describe('sessions published while it is being closed', () => {
  const dates = { day: '2026-03-16', room: '2026-03-17', teacher: '2026-03-18', storm: '2026-03-20' };
  beforeEach(() => {
    monday = '2026-03-16';
  });

  test('a day closed between the check of the sheet and the write: refused by the write', async () => {
    const what: ClosureScope = { kind: 'day', from: dates.day, to: dates.day };
    let closureId = '';
    const report = await interrupted(
      () => published(classes('1', ROOM)),
      putsSessions,
      async () => {
        const closure = await closed(staff, 'yuhu', what);
        closureId = closure.closureId;
        await untilDone(staff, closure);
      },
    );
    expect(foundIn(report)).toEqual([`2:from closed ${dates.day} 16:30 ${reason.zh} ${closureId}`]);
    expect(await sessionsOn(dates.day)).toEqual([]);
    expect((await sheetOn(ROOM, dates.day))?.entries ?? {}).toEqual({});
  });

  test.each([
    ['a room', 'room' as const, '2', ROOM, 'room'],
    ['a teacher', 'teacher' as const, '3', TEACHER, 'with'],
  ])(
    '%s closed after it was claimed and before the session is there: nothing is left',
    async (_, which, weekday, resourceId, column) => {
      const date = dates[which];
      const what: ClosureScope = { kind: 'resource', roomId: resourceId, from: date, to: date };
      let closureId = '';
      const report = await interrupted(
        () => published(classes(weekday, ROOM, TEACHER)),
        putsSessions,
        async () => {
          const closure = await closed(staff, 'yuhu', what);
          closureId = closure.closureId;
          await untilDone(staff, closure);
        },
      );
      expect(foundIn(report)).toEqual([`2:${column} closed ${date} 16:30 ${reason.zh} ${closureId}`]);
      expect(await sessionsOn(date)).toEqual([]);
      for (const id of [ROOM, TEACHER]) {
        const sheet = await sheetOn(id, date);
        expect([sheet?.entries ?? {}, sheet?.busy.size ?? 0]).toEqual([{}, 0]);
      }
    },
  );

  test('whichever is first, nothing on the closed day can be booked in the end', async () => {
    const what: ClosureScope = { kind: 'day', from: dates.storm, to: dates.storm };
    const rows = Array.from({ length: 12 }, (_, index) => {
      const hour = String(8 + index).padStart(2, '0');
      return `yuhu.center.four-thirty,5,${hour}:00,${hour}:45,40,${index % 2 ? ROOM : ''},,${monday},1`;
    });
    const [report, closure] = await Promise.all([published(...rows), closed(staff, 'yuhu', what)]);
    await untilDone(staff, closure);
    const sessions = await sessionsOn(dates.storm);
    expect(sessions.length + report.problems.length).toBe(rows.length);
    expect(sessions.every(({ status }) => status === 'closed')).toBe(true);
    const child = await resident('小荔', { birthDate: '2017-05-01' });
    for (const { sessionId } of sessions.slice(0, 1))
      expect((await bookSession(child, sessionId)).body.code).toBe('session-closed');
    expect((await reportOf(staff, closure)).closure.status).toBe('done');
  });
});
