import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import * as rounds from '../../../functions/rounds/handler.ts';
import { signAccessToken } from '../../../shared/http/token.ts';
import { clockNow } from '../../../shared/kernel/clock.ts';
import { offering, type Someone, session, someone } from '../../support/builders.ts';
import { cityOf, setClock } from '../../support/invoke.ts';
import { expectAccessible, stage } from '../../support/stage.ts';

const script = fileURLToPath(new URL('../../../scripts/verify-draw.mjs', import.meta.url));

const { city, enter } = stage();
let staff: Someone;

beforeAll(async () => {
  staff = await someone({ name: '许清和', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

test('staff open a round; a parent orders wishes by keyboard on a phone and applies; staff confirm the group', async () => {
  const title = { zh: '少儿篮球', en: 'Basketball' };
  for (const day of ['12', '13', '14']) await session('yuhu', `2026-03-${day}`, { slug: 'ball', title, capacity: 2 });
  const desk = await enter(1280, staff);
  await desk.goto('/rounds/new');
  await desk.getByLabel('名称（中文）').fill('春季抽签');
  await desk.getByLabel('名称（英文）').fill('Spring draw');
  await desk.getByLabel('开始报名').fill('2026-03-01T09:00');
  await desk.getByLabel('截止报名').fill('2026-03-09T09:00');
  await desk.getByLabel('抽签时间').fill('2026-03-10T09:00');
  await desk.getByLabel('优先组（可不填）').fill('本社区居民 / Neighbors');
  await desk.getByRole('checkbox').first().waitFor();
  await desk.getByRole('button', { name: '选中所列全部' }).click();
  await expectAccessible(desk);
  await desk.getByRole('button', { name: '开放本轮' }).click();
  await desk.getByRole('heading', { level: 1, name: '春季抽签' }).waitFor();
  const address = new URL(desk.url()).pathname;

  const child = await someone({ name: '陈小满', birthDate: '2017-05-21' });
  const parent = await someone({ name: '林晚晴', birthDate: '1988-04-16', guardianOf: [child] });
  const phone = await enter(390, parent);
  await phone.goto(address);
  await phone.getByRole('checkbox', { name: '陈小满' }).check();
  for (let wish = 0; wish < 3; wish += 1)
    await phone
      .getByRole('button', { name: /^添加志愿/ })
      .first()
      .click();
  const third = phone.getByRole('button', { name: /^上移：少儿篮球 · 3月14日/ });
  await third.focus();
  await phone.keyboard.press('Enter');
  // The row has moved and the focus with it; at the top it goes to the button that still does something.
  await phone.keyboard.press('Enter');
  expect(await phone.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
    /^下移：少儿篮球 · 3月14日/,
  );
  await phone.getByLabel('优先组').selectOption({ label: '本社区居民' });
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '提交申请' }).click();
  await phone.getByText('申请已收到').waitFor();
  const wishes = await phone.locator('li[data-wish]').allTextContents();
  expect(wishes.map((wish) => /\d+日/.exec(wish)?.[0])).toEqual(['14日', '12日', '13日']);

  await desk.goto(`${address}/manage`);
  await desk.getByRole('button', { name: '核实 陈小满：本社区居民' }).click();
  await desk.getByRole('button', { name: '撤销核实 陈小满：本社区居民' }).waitFor();
  await expectAccessible(desk);
});

test('a wish that a rule of its offering forbids is named, and the application goes on without it', async () => {
  const kept = { zh: '本区围棋', en: 'Go for the district' };
  const open = { zh: '围棋', en: 'Go' };
  await offering('yuhu', 'kept', { title: kept, policy: { eligibility: { districts: ['荔城区'] } } });
  const forbidden = await session('yuhu', '2026-03-18', { slug: 'kept', title: kept });
  const sessionIds = [await session('yuhu', '2026-03-19', { slug: 'free', title: open }), forbidden];
  const times = { opensAt: '2026-03-01T01:00:00Z', closesAt: '2026-03-09T01:00:00Z', drawsAt: '2026-03-10T01:00:00Z' };
  const title = { zh: '围棋抽签', en: 'Draw for go' };
  const opened = await city().post('/v1/rounds', { as: staff, body: { title, ...times, sessionIds } });
  const child = await someone({ name: '陈小满', birthDate: '2017-05-21', profile: { district: '城厢区' } });
  const phone = await enter(390, await someone({ name: '林晚晴', guardianOf: [child] }));
  await phone.goto(`/rounds/${opened.body.round.roundId}`);
  await phone.getByRole('checkbox', { name: '陈小满' }).check();
  for (let wish = 0; wish < 2; wish += 1)
    await phone
      .getByRole('button', { name: /^添加志愿/ })
      .first()
      .click();
  await phone.getByRole('button', { name: '提交申请' }).click();
  await phone.getByRole('alert').getByText('这个项目面向指定区县的居民').waitFor();
  await phone
    .getByRole('alert')
    .getByText(/^陈小满 · 本区围棋/)
    .waitFor();
  await expectAccessible(phone);
  await phone.getByRole('button', { name: '去掉这个志愿' }).click();
  await phone.getByRole('button', { name: '提交申请' }).click();
  await phone.getByText('申请已收到').waitFor();
  expect(await phone.locator('li[data-wish]').allTextContents()).toEqual([expect.stringMatching(/^围棋/)]);
});

test('after the draw a family sees its result and code, and anybody the published draw, which the script confirms', async () => {
  const present = clockNow();
  const sessionIds = [await session('yuhu', '2026-03-16', { slug: 'piano', capacity: 3 })];
  setClock('2026-02-10T01:00:00Z');
  const before = cityOf(rounds);
  const fresh = async ({ tenantId, personId }: Someone) => ({
    token: await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow()),
  });
  const times = {
    opensAt: '2026-02-01T00:00:00Z',
    closesAt: '2026-02-20T00:00:00Z',
    drawsAt: '2026-02-21T00:00:00Z',
  };
  const opened = await before.post('/v1/rounds', {
    as: await fresh(staff),
    body: { title: { zh: '寒假抽签', en: 'Winter draw' }, ...times, sessionIds },
  });
  const { roundId } = opened.body.round;
  const people = await Promise.all(['甲', '乙', '丙'].map((name) => someone({ name })));
  const [first, , lost] = people as [Someone, Someone, Someone];
  for (const person of people)
    await before.post(`/v1/rounds/${roundId}/applications`, {
      as: await fresh(person),
      body: { childIds: [person.personId], wishes: sessionIds },
    });
  setClock(present);
  // One of them has something else at that time by now.
  const meanwhile = await session('yuhu', '2026-03-16', { slug: 'violin' });
  const body = { sessionIds: [meanwhile], beneficiaryIds: [lost.personId] };
  expect((await city().post('/v1/session-bookings', { as: await fresh(lost), body })).status).toBe(201);
  await city().fireSchedule('rounds-schedule');

  const phone = await enter(390, first);
  await phone.goto(`/rounds/${roundId}`);
  await phone.getByText(/^已排上/).waitFor();
  await phone.getByText('共 3 份申请、3 人，3 人抽中。').waitFor();
  await expectAccessible(phone);
  const code = await phone.locator('code', { hasText: /^a[0-9a-z]{16}$/ }).textContent();

  const other = await enter(390, lost);
  await other.goto(`/rounds/${roundId}`);
  await other.getByText(/^抽中了，但没能排上/).waitFor();
  await other.getByText('丙没有排上：此人在同一时间已有其他安排。').waitFor();
  await other.getByRole('link', { name: /^查看该场次/ }).waitFor();
  await expectAccessible(other);

  const anybody = await enter(390);
  await anybody.goto(`/rounds/${roundId}/publication`);
  await anybody.getByLabel('查编号').fill(code ?? '');
  await anybody.getByText('共 1 份').waitFor();
  await anybody.getByRole('cell', { name: code ?? '' }).waitFor();
  await expectAccessible(anybody);
  const said = await new Promise<string>((resolve) => {
    const publication = `${city().url}/v1/rounds/${roundId}/publication`;
    execFile(process.execPath, [script, publication], (_, stdout, stderr) => resolve(stdout + stderr));
  });
  expect(said).toMatch(/^OK: 3 applications, 3 with a place/);
});
