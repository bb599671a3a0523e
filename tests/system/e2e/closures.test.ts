import { beforeAll, expect, test } from 'vitest';
import { room, type Someone, session, someone } from '../../support/builders.ts';
import { type Resident, resident } from '../../support/residents.ts';
import { expectAccessible, stage } from '../../support/stage.ts';

const DAY = '2026-03-06';
const NEXT_DAY = '2026-03-07';

const { city, enter } = stage();
let staff: Someone;

beforeAll(async () => {
  staff = await someone({ name: '许清和', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

const bookRoom = (as: Resident, roomId: string, startsAt: string, endsAt: string) =>
  city().post(`/v1/rooms/${roomId}/bookings`, { as, body: { date: DAY, startsAt, endsAt, purpose: '读书会' } });

test('staff close a day, see beforehand what each would get, follow the report, and open it again', async () => {
  const roomId = await room('yuhu', 'room-201', { name: { zh: '多功能厅', en: 'Hall' } });
  const sessionId = await session('yuhu', DAY, { residentPriceFen: 1500 });
  await session('yuhu', NEXT_DAY, { capacity: 1, residentPriceFen: 1500 });
  const people = [
    await resident('陈小明'),
    await resident('林阿妹'),
    await resident('郑阿公'),
    await resident('黄志强'),
  ];
  for (const [index, person] of people.entries()) {
    const { personId } = person;
    if (index < 2) await bookRoom(person, roomId, `0${8 + index}:00`, `0${8 + index}:45`);
    else {
      const body = { sessionIds: [sessionId], beneficiaryIds: [personId] };
      await city().post('/v1/session-bookings', { as: person, body });
    }
  }

  const page = await enter(390, staff);
  await page.goto('/desk/yuhu');
  await page.getByRole('link', { name: '停用' }).click();
  await page.getByRole('radio', { name: '一天闭馆' }).check();
  await page.getByLabel('哪一天').fill(DAY);
  await page.getByRole('button', { name: '看看影响谁' }).click();
  await page.getByRole('alert').getByText('请先选好停用什么').waitFor();
  await page.getByLabel('原因', { exact: true }).fill('水管爆裂抢修');
  await page.getByRole('button', { name: '看看影响谁' }).click();
  await page.getByRole('heading', { name: '4 个预约受影响' }).waitFor();
  await page.getByText('3 人会得到新位置，1 人退款，共退 ¥15。').waitFor();
  await expectAccessible(page);

  await page.getByRole('button', { name: '停用，并通知 4 人' }).click();
  await page.getByText('已全部安排').waitFor();
  await page.getByRole('button', { name: '3 等候答复' }).waitFor();
  await page.getByRole('button', { name: '1 已退款' }).click();
  expect(await page.locator('li[data-outcome]').count()).toBe(1);
  await expectAccessible(page);
  const told = () =>
    people.map(({ phone }) =>
      city()
        .messages(phone)
        .filter(({ text }) => text.includes('水管爆裂抢修')),
    );
  await expect.poll(() => told().map(({ length }) => length)).toEqual([1, 1, 1, 1]);

  await page.getByRole('button', { name: '恢复开放' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '恢复开放' }).click();
  await page.getByText('已恢复', { exact: true }).waitFor();
  expect((await city().get(`/v1/sessions/${sessionId}`)).body.session.status).toBe('open');
});

/** What staff choose, each on a day that is near to no other, and how many bookings and waits it meets. */
const kinds = [
  { choose: '房间', of: '多功能厅', day: '2026-03-09', affected: 1, inLine: 0 },
  { choose: '老师', of: '林老师', day: '2026-03-17', affected: 2, inLine: 1 },
  { choose: '医护', of: '陈医生', day: '2026-03-25', affected: 1, inLine: 0 },
  { choose: '一天闭馆', day: '2026-04-02', affected: 4, inLine: 1 },
  { choose: '中心停业几天', day: '2026-04-10', until: '2026-04-11', affected: 4, inLine: 1 },
] as const;

test.each(kinds)('A13: $choose is closed in the browser; the report names everybody and adds up', async (kind) => {
  const { choose, day, affected, inLine } = kind;
  const hall = await room('yuhu', 'room-201', { name: { zh: '多功能厅', en: 'Hall' } });
  const teacher = await room('yuhu', 'teacher-lin', { kind: 'teacher', name: { zh: '林老师', en: 'Ms Lin' } });
  const clinician = await room('yuhu', 'doctor-chen', { kind: 'clinician', name: { zh: '陈医生', en: 'Dr Chen' } });
  const taught = await session('yuhu', day, { with: [teacher], capacity: 2, startsAt: '14:00', endsAt: '15:00' });
  const [sister, brother] = [await resident('林小荔'), await resident('林小枝')];
  const mother = await someone({
    name: '林晚晴',
    guardianOf: [sister, brother].map((one) => ({ ...one, tenantId: staff.tenantId })),
  });
  const beneficiaryIds = [sister.personId, brother.personId];
  const waiting = await resident('黄等等');
  await city().post('/v1/session-bookings', { as: mother, body: { sessionIds: [taught], beneficiaryIds } });
  const body = { sessionIds: [taught], beneficiaryIds: [waiting.personId], ifFull: 'wait' };
  expect((await city().post('/v1/session-bookings', { as: waiting, body })).status).toBe(201);
  for (const roomId of [hall, clinician]) {
    const wanted = { date: day, startsAt: '09:00', endsAt: '10:00', purpose: '读书会' };
    expect(
      (await city().post(`/v1/rooms/${roomId}/bookings`, { as: await resident('郑阿公'), body: wanted })).status,
    ).toBe(201);
  }

  const page = await enter(390, staff);
  await page.goto('/desk/yuhu/closures');
  await page.getByRole('radio', { name: choose, exact: true }).check();
  if ('of' in kind) await page.getByRole('combobox', { name: choose, exact: true }).selectOption({ label: kind.of });
  await page.getByLabel(choose === '一天闭馆' ? '哪一天' : '从', { exact: true }).fill(day);
  if (choose !== '一天闭馆') await page.getByLabel('到（含）').fill('until' in kind ? kind.until : day);
  await page.getByLabel('原因', { exact: true }).fill('停电检修');
  await page.getByRole('button', { name: '看看影响谁' }).click();
  await page.getByRole('heading', { name: `${affected} 个预约受影响` }).waitFor();
  expect(await page.getByText('2 人一起预约').count()).toBe(affected > 1 ? 2 : 0);
  if (inLine > 0) await page.getByRole('heading', { name: '候补：1 位（组）' }).waitFor();
  await page.getByRole('button', { name: `停用，并通知 ${affected + inLine} 人` }).click();
  await page.getByRole('button', { name: `${affected} 全部` }).waitFor();
  await page.locator('[data-status]').getByText('已全部安排').waitFor();
  if (inLine > 0) await page.getByText('候补已结束，已通知：1').waitFor();
  await expectAccessible(page);
  const parts = page
    .getByRole('group', { name: '按结果筛选' })
    .getByRole('button')
    .filter({ hasNotText: /全部|需打电话/ });
  const counts = (await parts.locator('strong').allInnerTexts()).map(Number);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(affected);
  const told = () =>
    city()
      .messages(waiting.phone)
      .filter(({ text }) => text.includes('候补已结束'));
  await expect.poll(() => told().length).toBe(inLine);
});

test('whoever is offered another place sees where, why, and may keep the refund', async () => {
  const day = '2026-04-20';
  const sessionId = await session('yuhu', day, { startsAt: '10:00', endsAt: '11:00', residentPriceFen: 1500 });
  await session('yuhu', '2026-04-21', { startsAt: '10:00', endsAt: '11:00', residentPriceFen: 1500 });
  const person = await resident('陈小明');
  await city().post('/v1/session-bookings', {
    as: person,
    body: { sessionIds: [sessionId], beneficiaryIds: [person.personId] },
  });
  const reason = { zh: '老师请假', en: 'the teacher is away' };
  const answer = await city().post('/v1/centers/yuhu/closures', {
    as: staff,
    idempotencyKey: 'a-class-is-off',
    body: { what: { kind: 'session', sessionId }, reason },
  });
  expect(answer.status, answer.text).toBe(201);
  const page = await enter(390, { ...person, tenantId: staff.tenantId });
  await page.goto('/bookings');
  await page.getByText('原预约因停用取消，为您另留了位置').waitFor();
  await page.getByText('玉湖新城邻里中心').first().waitFor();
  await expectAccessible(page);
  await page.getByRole('button', { name: '不要，只要退款' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '确定放弃' }).click();
  await page.getByText('原预约因停用取消，为您另留了位置').waitFor({ state: 'detached' });
});

test('whoever does not work at the center is told so', async () => {
  const page = await enter(1280, await someone({ name: '路人' }));
  await page.goto('/desk/yuhu/closures');
  await page.getByText('您没有这个中心的工作台权限').waitFor();
});
