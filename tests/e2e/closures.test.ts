import { beforeAll, expect, test } from 'vitest';
import { room, type Someone, session, someone } from '../support/builders.ts';
import { type Resident, resident } from '../support/residents.ts';
import { expectAccessible, stage } from '../support/stage.ts';

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
  await page.getByRole('radio', { name: '整天闭馆' }).check();
  await page.getByLabel('从', { exact: true }).fill(DAY);
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
  expect(await page.locator('.closure-row').count()).toBe(1);
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

test('whoever does not work at the center is told so', async () => {
  const page = await enter(1280, await someone({ name: '路人' }));
  await page.goto('/desk/yuhu/closures');
  await page.getByText('您没有这个中心的工作台权限').waitFor();
});
