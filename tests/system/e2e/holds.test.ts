import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { putMany } from '../../../shared/table/bulk.ts';
import { keys } from '../../../shared/table/keys.ts';
import { offering, room, type Someone, session, someone } from '../../support/builders.ts';
import { expectAccessible, stage } from '../../support/stage.ts';

/** The city's clock stands at Monday, 2026-03-02, nine in the morning. */
const TODAY = '2026-03-02';
const TOMORROW = '2026-03-03';

const { city, enter } = stage();
let staff: Someone;
let parent: Someone;
let child: Someone;

beforeAll(async () => {
  staff = await someone({ name: '许清和', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  child = await someone({ name: '陈小满', birthDate: '2017-05-21' });
  parent = await someone({ name: '林晚晴', birthDate: '1988-04-16', guardianOf: [child] });
});

/** Loads the page again until the text is there: what the stream does takes a moment. */
async function reloadedUntil(page: Page, text: string | RegExp): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    await page.reload();
    await page.waitForLoadState('networkidle');
    if ((await page.getByText(text).count()) > 0) return;
  }
  throw new Error(`never shown: ${text}`);
}

test('A09: a full session: the family waits on a phone, sees its place, is offered what comes free and takes it; staff read why', async () => {
  const neighbor = await someone({ name: '王老五' });
  const title = { zh: '小小机器人', en: 'Little robots' };
  const sessionId = await session('yuhu', TOMORROW, { slug: 'robots', capacity: 1, title });
  const body = { sessionIds: [sessionId], beneficiaryIds: [neighbor.personId] };
  const { bookingId } = (await city().post('/v1/session-bookings', { as: neighbor, body })).body.bookings[0];

  const phone = await enter(390, parent);
  await phone.goto(`/sessions/${sessionId}`);
  await phone.getByRole('checkbox', { name: '陈小满' }).check();
  await phone.getByRole('heading', { name: '这一场已满，可以候补' }).waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '加入候补（1 人）' }).click();
  await phone.getByRole('heading', { level: 1, name: '已加入候补' }).waitFor();
  await phone.getByText('下一个就是您').waitFor();
  await expectAccessible(phone);

  await city().post(`/v1/people/${neighbor.personId}/bookings/${bookingId}/cancel`, { as: neighbor, body: {} });
  await phone.goto('/bookings');
  await reloadedUntil(phone, '候补有名额了，等您答复');
  await phone.getByText(/^保留到/).waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '我要这个名额' }).click();
  await phone.getByText('已预约', { exact: true }).waitFor();
  expect(await phone.getByText('候补有名额了，等您答复').count()).toBe(0);

  const desk = await enter(1280, staff);
  await desk.goto(`/desk/yuhu/waitlist/${sessionId}`);
  await desk.getByText('空出 1 个名额，问了 1 人的一组').waitFor();
  await expectAccessible(desk);
});

test('B07: who waits with a pass sees it chosen when the place comes, and pays otherwise when it is used up', async () => {
  const payer = await someone({ name: '何文静', guardianOf: [child] });
  const passTitle = { zh: '单次卡', en: 'Single visit' };
  const kinds = [{ kindId: 'single', title: passTitle, units: 1, validDays: 30, priceFen: 2_500 }];
  await putMany([{ key: keys.rules.passKinds(payer.tenantId), item: { is: 'pass-kinds', version: 1, kinds } }]);
  const issued = await city().post(`/v1/people/${payer.personId}/passes`, {
    as: staff,
    body: { kindId: 'single', reason: '窗口办理' },
  });
  const payWith = { passId: issued.body.pass.passId, holderId: payer.personId };
  const paid = async (slug: string, startsAt: string) => {
    const facts = { residentPriceFen: 2_500, title: { zh: '陶艺小课', en: 'Pottery' } };
    await offering('yuhu', slug, { ...facts, policy: { passes: ['single'] } });
    const endsAt = `${Number(startsAt.slice(0, 2)) + 1}:00`;
    return session('yuhu', TOMORROW, { slug, startsAt, endsAt, capacity: 1, ...facts });
  };
  const sessionId = await paid('pottery', '18:00');
  const neighbor = await someone({ name: '赵六' });
  const taken = { sessionIds: [sessionId], beneficiaryIds: [neighbor.personId] };
  const { bookingId } = (await city().post('/v1/session-bookings', { as: neighbor, body: taken })).body.bookings[0];

  const phone = await enter(390, payer);
  await phone.goto(`/sessions/${sessionId}`);
  await phone.getByRole('checkbox', { name: '陈小满' }).check();
  await phone.getByLabel('支付方式').selectOption({ label: '次卡：单次卡（何文静，剩 1 次）' });
  await phone.getByText(/^现在不扣次卡或资助/).waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '加入候补（1 人）' }).click();
  await phone.getByText(/^轮到时由您选的次卡或资助支付/).waitFor();

  const canceled = { as: neighbor, body: { refundFen: 2_500 } };
  await city().post(`/v1/people/${neighbor.personId}/bookings/${bookingId}/cancel`, canceled);
  await phone.goto('/bookings');
  await reloadedUntil(phone, '候补有名额了，等您答复');
  const chosen = phone.getByLabel('支付方式').locator('option:checked');
  await expect.poll(() => chosen.textContent()).toBe('次卡：单次卡（何文静，剩 1 次）');
  // Meanwhile its only unit pays for another place.
  const other = { sessionIds: [await paid('glaze', '09:00')], beneficiaryIds: [child.personId], payWith };
  expect((await city().post('/v1/session-bookings', { as: payer, body: other })).status).toBe(201);
  await phone.getByRole('button', { name: '我要这个名额' }).click();
  await phone.getByRole('alert').getByText('次卡').waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '改为按价格支付 ¥25' }).click();
  await phone.getByText('候补有名额了，等您答复').waitFor({ state: 'detached' });
  const rows = (await city().get('/v1/bookings', { as: payer })).body.bookings;
  const row = rows.find((one: { sessionId?: string }) => one.sessionId === sessionId);
  expect(row).toMatchObject({ state: 'booked', residentPriceFen: 2_500 });
  expect(row).not.toHaveProperty('paidWith');
});

test('A02: a room found by keyboard among all of a day, asked for with a projector, held, and approved at the desk', async () => {
  const roomId = await room('yuhu', 'choir', { name: { zh: '合唱室', en: 'Choir room' } });
  await room('yuhu', 'dance', { name: { zh: '舞蹈室', en: 'Dance room' } });
  await room('yuhu', 'projector', { kind: 'equipment', name: { zh: '投影仪', en: 'Projector' } });
  await offering('yuhu', 'banquet', {
    title: { zh: '家庭聚会', en: 'Family gathering' },
    policy: { approval: { withinHours: 24 }, buffers: { beforeMinutes: 0, afterMinutes: 30 } },
  });
  const wide = await enter(1280, parent);
  await wide.goto(`/centers/yuhu/rooms?date=${TOMORROW}`);
  await wide.getByRole('button', { name: '合唱室 08:00 空闲，可预约' }).focus();
  await wide.keyboard.press('End');
  await wide.keyboard.press('Home');
  for (const key of ['PageDown', 'PageDown', 'ArrowDown', 'ArrowRight', 'ArrowUp']) await wide.keyboard.press(key);
  expect(await wide.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    '合唱室 10:15 空闲，可预约',
  );
  await expectAccessible(wide);
  await wide.keyboard.press('Enter');
  await wide.waitForURL(`**/rooms/${roomId}?date=${TOMORROW}&start=**`);
  await wide.getByLabel('使用类别').selectOption({ label: '家庭聚会' });
  await wide.getByText(/需要中心审批，最迟 24 小时内答复/).waitFor();
  await wide.getByRole('checkbox', { name: '投影仪' }).check();
  await wide.getByLabel('用途', { exact: true }).fill('外婆八十大寿');
  await expectAccessible(wide);
  await wide.getByRole('button', { name: '提交申请' }).click();
  await wide.getByRole('heading', { level: 1, name: '已提交，等中心审批' }).waitFor();
  await wide.reload();
  await wide.getByRole('heading', { level: 1, name: '已提交，等中心审批' }).waitFor();
  await expectAccessible(wide);

  const desk = await enter(390, staff);
  await desk.goto('/desk/yuhu/approvals');
  await desk.reload();
  await reloadedUntil(desk, '家庭聚会 · 外婆八十大寿');
  await desk.getByText('投影仪').waitFor();
  await expectAccessible(desk);
  await desk.getByRole('button', { name: /^同意：林晚晴/ }).click();
  await desk.getByText(/^已同意：林晚晴/).waitFor();
  await wide.goto('/bookings');
  await wide.getByText('合唱室').waitFor();
  expect(await wide.getByText('待中心审批，名额为您保留').count()).toBe(0);
});

test('A16: staff mark a no-show on the board, the parent contests it on a phone, the center accepts, and everybody reads the log', async () => {
  const sessionId = await session('yuhu', TODAY, { slug: 'early', startsAt: '08:30', endsAt: '12:00' });
  const body = { sessionIds: [sessionId], beneficiaryIds: [child.personId], reason: '家长电话' };
  const booked = await city().post('/v1/centers/yuhu/bookings', { as: staff, body });
  const { bookingId } = booked.body.bookings[0];

  const desk = await enter(1280, staff);
  await desk.goto('/desk/yuhu');
  await desk.getByRole('button', { name: '记未到：陈小满' }).click();
  await desk.getByText('已记未到').waitFor();
  await desk.getByRole('button', { name: '撤销“未到”：陈小满' }).waitFor();
  await expectAccessible(desk);

  const phone = await enter(390, parent);
  await phone.goto(`/bookings/${child.personId}/${bookingId}`);
  await phone.getByRole('heading', { name: '这一次记为未到' }).waitFor();
  await phone.getByText(/90 天内未到满 3 次只能提前 14 天预约/).waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '提交申诉' }).click();
  await phone.getByText('请写明原因。').waitFor();
  await phone.getByLabel('说明原因').fill('早上已电话请假');
  await phone.getByRole('button', { name: '提交申诉' }).click();
  await phone.getByText('申诉已提交，等中心答复。').waitFor();

  await desk.goto('/desk/yuhu/appeals');
  await desk.getByText('理由：早上已电话请假').waitFor();
  await expectAccessible(desk);
  await desk.getByRole('button', { name: '同意申诉' }).click();
  await desk.getByLabel('答复理由').fill('通话记录属实');
  await desk.getByRole('button', { name: '提交答复' }).click();
  await desk.getByText('已答复：陈小满').waitFor();

  await phone.reload();
  await phone.getByRole('heading', { name: '这一次已说明，不再计算' }).waitFor();
  await phone.getByText('理由：通话记录属实').waitFor();
  await phone.getByText('未到 1 次 → 0 次').waitFor();
  await expectAccessible(phone);
});

test('A03: what is to be paid is kept with the time that is left, and booked for the amount that was shown', async () => {
  const roomId = await room('yuhu', 'music', { name: { zh: '琴房', en: 'Music room' } });
  await offering('yuhu', 'rehearsal', {
    title: { zh: '合唱排练', en: 'Rehearsal' },
    residentPriceFen: 1000,
    policy: { payment: { withinMinutes: 15 }, buffers: { beforeMinutes: 0, afterMinutes: 15 } },
  });
  const phone = await enter(390, parent);
  await phone.goto(`/rooms/${roomId}?date=${TOMORROW}&start=19:00`);
  await phone.getByLabel('使用类别').selectOption({ label: '合唱排练' });
  await phone.getByLabel('用途', { exact: true }).fill('合唱');
  await phone.getByText('合计 ¥10').waitFor();
  await phone.getByRole('button', { name: '预约并保留' }).click();
  await phone.getByRole('heading', { level: 1, name: '已为您保留，还差一步' }).waitFor();
  expect(await phone.getByRole('timer').textContent()).toMatch(/^还剩 1[45] 分 \d\d 秒$/);
  // Leaving the page loses nothing: it stands first among the bookings.
  await phone.goto('/bookings');
  await phone.getByText('待付款，名额为您保留').waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '确认付款 ¥10' }).click();
  await phone.getByRole('link', { name: /琴房/ }).waitFor();
  expect(await phone.getByText('待付款，名额为您保留').count()).toBe(0);
});
