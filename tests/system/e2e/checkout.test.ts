import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { offering, session, someone } from '../../support/builders.ts';
import { expectAccessible, stage } from '../../support/stage.ts';

const { city, enter } = stage();

const family = { percentByChild: [100, 80] };
const cancellation = [{ underHours: 24, keepPercent: 50 }];
type Class = { slug: string; zh: string; startsAt: string; endsAt: string; capacity?: number };

async function program({ slug, zh, startsAt, endsAt, capacity = 10 }: Class): Promise<string> {
  const title = { zh, en: zh };
  await offering('yuhu', slug, { title, residentPriceFen: 2500, policy: { family, cancellation } });
  const facts = { slug, title, startsAt, endsAt, capacity, residentPriceFen: 2500, grossPriceFen: 2500 };
  // On the next day: the first step of the cancellation rule lies behind.
  return session('yuhu', '2026-03-03', facts);
}

async function household() {
  const elder = await someone({ name: '陈小满', birthDate: '2015-05-21' });
  const younger = await someone({ name: '陈小雨', birthDate: '2018-02-02' });
  const parent = await someone({ name: '林晚晴', birthDate: '1988-04-16', guardianOf: [elder, younger] });
  return { parent, elder, younger };
}

async function putInBasket(page: Page, sessionId: string, names: readonly string[]): Promise<void> {
  await page.goto(`/sessions/${sessionId}`);
  for (const name of names) await page.getByRole('checkbox', { name }).check();
  await page.getByRole('button', { name: '加入预约篮，再选别的' }).click();
  await page.getByText(/^已加入，预约篮里共/).waitFor();
}

test('two children, three programs, one confirmation: the line that is full is named and taken out, the rest is booked', async () => {
  const { parent } = await household();
  const [dance, chess, choir] = await Promise.all([
    program({ slug: 'dance', zh: '少儿舞蹈', startsAt: '09:00', endsAt: '10:00' }),
    program({ slug: 'chess', zh: '围棋入门', startsAt: '10:30', endsAt: '11:30' }),
    program({ slug: 'choir', zh: '合唱团', startsAt: '14:00', endsAt: '15:00', capacity: 1 }),
  ]);
  const phone = await enter(390, parent);
  await putInBasket(phone, dance, ['陈小满', '陈小雨']);
  await putInBasket(phone, chess, ['陈小满', '陈小雨']);
  await putInBasket(phone, choir, ['陈小雨']);
  const other = await someone();
  const taken = await city().post('/v1/session-bookings', {
    as: other,
    body: { sessionIds: [choir], beneficiaryIds: [other.personId] },
  });
  expect(taken.status).toBe(201);

  await phone.getByRole('link', { name: '去结算（5 个名额）' }).click();
  await phone.getByRole('heading', { level: 1, name: '一起预约' }).waitFor();
  await phone.getByText('¥115', { exact: true }).waitFor();
  await phone.getByRole('button', { name: /^移除 陈小雨 的 围棋入门/ }).click();
  expect(await phone.evaluate(() => document.activeElement?.textContent)).toBe('已移除。');
  await phone.getByText('¥95', { exact: true }).waitFor();
  await putInBasket(phone, chess, ['陈小雨']);
  await phone.goto('/checkout');
  await phone.getByText('¥115', { exact: true }).waitFor();
  await expectAccessible(phone);
  const confirm = phone.getByRole('button', { name: /^确认预约/ });
  await confirm.focus();
  await phone.keyboard.press('Enter');
  const refused = phone.getByRole('alert');
  await refused.getByText(/陈小雨 · 合唱团/).waitFor();
  await expectAccessible(phone);
  await refused.getByRole('button', { name: '移除这 1 项，再确认其余的' }).click();
  await phone.getByText('¥90', { exact: true }).waitFor();
  await phone.getByRole('button', { name: '确认预约（4 个名额）' }).click();
  await phone.getByRole('heading', { level: 1, name: '预约成功' }).waitFor();
  await phone.reload();
  await phone.getByRole('heading', { level: 1, name: '预约成功' }).waitFor();
  await phone.getByRole('link', { name: '查看整个订单' }).click();
  await phone.getByRole('heading', { level: 1, name: '订单' }).waitFor();
  await phone.getByText('¥90', { exact: true }).waitFor();
  await expectAccessible(phone);
});

test('a part of an order is canceled for the amount that was shown, and who stays is priced again', async () => {
  const { parent, elder, younger } = await household();
  const dance = await program({ slug: 'dance-two', zh: '少儿舞蹈', startsAt: '08:00', endsAt: '09:00' });
  const body = { sessionIds: [dance], beneficiaryIds: [elder.personId, younger.personId] };
  const { orderId } = (await city().post('/v1/session-bookings', { as: parent, body })).body;
  const page = await enter(1280, parent);
  await page.goto(`/orders/${orderId}`);
  const cancel = page.getByRole('button', { name: /^取消 陈小满 的 少儿舞蹈/ });
  await cancel.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('陈小雨 留下，价格由 ¥20 变为 ¥25；差额已算在退款里。').waitFor();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
    /^取消 陈小满 的 少儿舞蹈/,
  );
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '确定取消，退 ¥10' }).click();
  await page.getByText('已取消，其余预约保留。').waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('已取消，其余预约保留。');
  await page.getByText('退还 ¥10', { exact: true }).waitFor();
  await page.getByText('收取 ¥10', { exact: true }).waitFor();
  await page.locator('dl > div', { hasText: '现在合计' }).getByText('¥25', { exact: true }).waitFor();
  await expectAccessible(page);
});

test('lists of many pages are whole: what comes arrives by itself, page after page', async () => {
  const { parent, elder } = await household();
  const times = ['15:00', '16:00', '17:00', '18:00', '19:00'];
  const made = await Promise.all(
    times.map((startsAt, index) =>
      program({ slug: `page-${index}`, zh: `第${index + 1}课`, startsAt, endsAt: startsAt.replace(':00', ':45') }),
    ),
  );
  const body = { sessionIds: made, beneficiaryIds: [elder.personId] };
  expect((await city().post('/v1/session-bookings', { as: parent, body })).status).toBe(201);
  const page = await enter(390, parent);
  let asked = 0;
  await page.route(/\/v1\/(bookings|centers\/yuhu\/sessions)\?/, (route) => {
    asked += 1;
    return route.continue({ url: `${route.request().url()}&limit=2` });
  });
  await page.goto('/bookings');
  await page.getByRole('status').getByText('5 个预约').waitFor();
  for (const index of times.keys()) await page.getByText(`第${index + 1}课`).waitFor();
  expect(asked).toBe(3);
  expect(await page.getByRole('button', { name: '显示更多' }).count()).toBe(0);
  await expectAccessible(page);
  await page.goto('/centers/yuhu?date=2026-03-03');
  for (const index of times.keys()) await page.getByText(`第${index + 1}课`).waitFor();
  await expectAccessible(page);
});
