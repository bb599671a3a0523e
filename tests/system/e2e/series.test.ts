import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { addDays, civilNow, mondayOf } from '../../../shared/kernel/days.ts';
import { offering, room, type Someone, someone } from '../../support/builders.ts';
import { newCardNumber } from '../../support/residents.ts';
import { expectAccessible, expectNoWiderThanTheScreen, stage } from '../../support/stage.ts';

const { city, enter } = stage();
let resident: Someone;

beforeAll(async () => {
  const approval = { policy: { approval: { withinHours: 48 } } };
  await room('yuhu', 'choir', { name: { zh: '合唱室', en: 'Choir room' } });
  await offering('yuhu', 'gathering', { title: { zh: '大型活动', en: 'Gathering' }, ...approval });
  await room('yuhu', 'dance', { name: { zh: '舞蹈室', en: 'Dance room' } });
  resident = await someone({ name: '林晚晴' });
});

/** Accessible, and no wider than the screen. */
async function expectSound(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoWiderThanTheScreen(page);
}

/** By keyboard: what would come of it, then the change itself; whoever asked stands at the sum of it. */
async function lookAndConfirm(page: Page, sum: RegExp): Promise<void> {
  await page.getByRole('button', { name: '查看结果' }).focus();
  await page.keyboard.press('Enter');
  const result = page.getByRole('dialog').getByRole('status').filter({ hasText: sum });
  await result.waitFor();
  expect(await result.evaluate((node) => node === document.activeElement)).toBe(true);
  await expectSound(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
}

test.each([390, 1280] as const)(
  'a choir repeats its room weekly by keyboard at %i px: sees each date before, moves one, then all that follow, cancels the rest',
  async (width) => {
    const page = await enter(width, resident);
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const first = addDays(civilNow(clockNow(), 'Asia/Shanghai').date, 3);
    const startsAt = width === 390 ? '14:00' : '17:00';
    const endsAt = width === 390 ? '15:00' : '18:00';
    // What the first of the two moves stays where it is, and is in the way of the other.
    const [moved, until] = width === 390 ? ['08:00', '09:00'] : ['10:00', '11:00'];
    await page.goto(`/series/new?room=yuhu.dance&date=${first}&startsAt=${startsAt}&endsAt=${endsAt}`);
    await page.getByLabel('一共几次').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('4');
    await press('Tab');
    await page.keyboard.type('合唱团');
    await press('Enter');
    await page.getByText(/^可预约 \d+ 次(，约不到 \d+ 次)?$/).waitFor();
    await expectSound(page);
    expect(await page.locator('li[data-tone]').count()).toBe(4);
    await page.getByRole('button', { name: /确认预约 \d 次/ }).focus();
    await press('Enter');
    await page.waitForURL(/\/series\/q/);
    await page.getByText(/已约 \d+ 次/).waitFor();
    await expectSound(page);

    const booked = page.getByRole('button', { name: /^更改/ });
    await booked.nth(0).focus();
    await press('Enter');
    await page.getByRole('dialog').waitFor();
    await expectSound(page);
    await page.getByLabel('新的开始时间').selectOption(moved);
    await lookAndConfirm(page, /可以改 1 次/);
    await page.getByText(`${moved}–${until}`).waitFor();

    await booked.nth(1).click();
    await page.getByLabel('这一次和以后各次').check();
    await page.getByLabel('新的开始时间').selectOption('19:00');
    await lookAndConfirm(page, /可以改 \d 次/);
    await page.getByText('接续自较早的安排：').waitFor();
    await page.getByText('19:00–20:00').first().waitFor();
    await expectSound(page);

    await booked.nth(0).click();
    await page.getByLabel('全部（已过去的不变）').check();
    await page.getByLabel('取消预约').check();
    await page.getByRole('button', { name: '确认更改' }).click();
    await page.getByText(/已约 0 次/).waitFor();
    await page.goto('/series');
    await page.getByRole('link', { name: '舞蹈室' }).first().waitFor();
    await expectSound(page);
  },
);

/** A Monday far enough from today that nothing of its week is over, and no holiday near. */
const monday = () => addDays(mondayOf(civilNow(clockNow(), 'Asia/Shanghai').date), 7);

test.each([390, 1280] as const)(
  'all of a series goes to other days of the week by keyboard at %i px, each new date and its fate told before',
  async (width) => {
    const page = await enter(width, await someone({ name: '林晚晴' }));
    const [startsAt, endsAt] = width === 390 ? ['08:00', '09:00'] : ['10:00', '11:00'];
    await page.goto(`/series/new?room=yuhu.choir&date=${monday()}&startsAt=${startsAt}&endsAt=${endsAt}`);
    await page.getByLabel('一共几次').fill('2');
    await page.getByLabel('用途').fill('合唱团');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: /确认预约 2 次/ }).click();
    await page.getByText('已约 2 次').waitFor();
    await page.getByRole('button', { name: /^更改/ }).nth(0).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('全部（已过去的不变）').focus();
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: '周一' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('请至少选一天。').waitFor();
    for (const day of ['周二', '周四']) {
      await page.getByRole('checkbox', { name: day }).focus();
      await page.keyboard.press('Space');
    }
    await lookAndConfirm(page, /可以改 2 次，新增 2 次/);
    await page.getByText('已约 4 次').waitFor();
    await expectSound(page);
    const dates = await page
      .locator('li[data-tone] strong time')
      .evaluateAll((all) => all.map((it) => it.getAttribute('datetime')));
    expect(dates).toEqual([1, 3, 8, 10].map((days) => addDays(monday(), days)));
  },
);

test('a new time under approval: said in plain words before sending, the old one stays until the center’s yes', async () => {
  const me = await someone({ name: '林晚晴' });
  const page = await enter(390, me);
  const date = addDays(monday(), 2);
  await page.goto(`/series/new?room=yuhu.choir&use=yuhu.center.gathering&date=${date}&startsAt=12:00&endsAt=13:00`);
  await page.getByText('大型活动').waitFor();
  await page.getByLabel('一共几次').fill('1');
  await page.getByLabel('用途').fill('邻里聚会');
  await page.keyboard.press('Enter');
  await page.getByText('这种使用要中心同意').waitFor();
  await page.getByRole('button', { name: /确认预约 1 次/ }).click();
  await page.getByText('保留中').waitFor();
  const staff = await someone({ posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  const approve = async () => {
    for (;;) {
      const waiting = await city().call('GET', '/v1/centers/yuhu/approvals', { as: staff });
      const [order] = waiting.body.orders;
      if (!order) continue;
      expect((await city().call('POST', `/v1/orders/${order.orderId}/approve`, { as: staff })).status).toBe(200);
      return;
    }
  };
  await approve();
  await page.reload();
  const change = page.getByRole('button', { name: /^更改/ });
  await change.click();
  await page.getByLabel('新的开始时间').selectOption('12:15');
  await page.getByRole('button', { name: '查看结果' }).click();
  await page.getByText('两段不能同时保留').waitFor();
  expect(await page.getByRole('button', { name: '确认更改' }).count()).toBe(0);
  await page.getByLabel('新的开始时间').selectOption('15:00');
  await page.getByRole('button', { name: '查看结果' }).click();
  await page.getByText('在同意之前保留原来的时间').waitFor();
  await page.getByRole('button', { name: '确认更改' }).click();
  await page.getByText(/申请改到 .*15:00–16:00，等中心同意/).waitFor();
  await expectSound(page);
  await page.getByText('12:00–13:00').waitFor();
});

test.each([390, 1280] as const)(
  'staff repeat a room for a resident at %i px by keyboard: why, for whom, each date; both names stay with it',
  async (width) => {
    const staff = await someone({ name: '社区工作者', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
    const cardNumber = newCardNumber();
    const made = await city().call('POST', '/v1/people', {
      as: staff,
      body: { name: '陈桂英', cardNumber, reason: '本人到场办理' },
      idempotencyKey: cardNumber,
    });
    const elder = { ...staff, personId: made.body.person.personId };
    const page = await enter(width, staff);
    const date = addDays(monday(), 4);
    const [startsAt, endsAt] = width === 390 ? ['17:00', '18:00'] : ['18:00', '19:00'];
    await page.goto(`/series/new?room=yuhu.choir&date=${date}&startsAt=${startsAt}&endsAt=${endsAt}&desk=true`);
    await page.getByLabel('身份证号或手机号码').fill(cardNumber);
    await page.keyboard.press('Enter');
    await page.getByText('请写明代办原因。').waitFor();
    await page.keyboard.type('本人来电委托');
    await page.getByLabel('身份证号或手机号码').focus();
    await page.keyboard.press('Enter');
    await expectSound(page);
    await page.getByRole('button', { name: '选择 陈桂英' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('一共几次').fill('12');
    await page.getByLabel('用途').fill('太极拳');
    await page.keyboard.press('Enter');
    // Farther ahead than residents may book: nothing has to wait.
    await page.getByText(/^可预约 \d+ 次(，约不到 \d+ 次)?$/).waitFor();
    await expectSound(page);
    await page.getByRole('button', { name: /确认预约 \d+ 次/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('由社区工作者代为预约，原因：本人来电委托').waitFor();
    await page.getByText('参加人 陈桂英').waitFor();
    await expectSound(page);
    const own = await enter(width, elder);
    await own.goto('/series');
    await own.getByRole('link', { name: '合唱室' }).click();
    await own.getByText('由社区工作者代为预约，原因：本人来电委托').waitFor();
  },
);
