import { beforeAll, expect, test } from 'vitest';
import { offering, type Someone, session, someone } from '../../support/builders.ts';
import { expectAccessible, expectNoWiderThanTheScreen, stage } from '../../support/stage.ts';

const TODAY = '2026-03-02';
const { city, enter } = stage();
let officer: Someone;
let staff: Someone;

beforeAll(async () => {
  officer = await someone({ name: '宋时雨', posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
  staff = await someone({ name: '许清和', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
});

test('B06: a bureau publishes a waiver and makes an offering ask for it; a new version stops the next check-in until it is signed', async () => {
  const child = await someone({ name: '陈小满', birthDate: '2017-05-21' });
  const parent = await someone({ name: '林晚晴', birthDate: '1988-04-16', guardianOf: [child] });
  const title = { zh: '游泳课', en: 'Swimming' };
  await offering('yuhu', 'swim', { title });
  const sessionId = await session('yuhu', TODAY, { slug: 'swim', title, startsAt: '10:00', endsAt: '11:00' });
  const body = { sessionIds: [sessionId], beneficiaryIds: [child.personId] };
  expect((await city().post('/v1/session-bookings', { as: parent, body })).status).toBe(201);
  const checkIn = () =>
    city().post('/v1/centers/yuhu/attendance', {
      as: staff,
      body: { sessionId, personId: child.personId, to: 'checked-in' },
    });

  const bureau = await enter(1280, officer);
  await bureau.goto('/waivers');
  await bureau.getByText('还没有发布过同意书').waitFor();
  await expectAccessible(bureau);
  await bureau.getByRole('link', { name: '发布新的同意书' }).click();
  await bureau.getByRole('heading', { level: 1, name: '发布新的同意书' }).waitFor();
  await bureau.getByRole('button', { name: '发布', exact: true }).click();
  await bureau.getByText('请用小写字母、数字和连字符填写编号。').waitFor();
  await expectAccessible(bureau);
  await bureau.getByLabel('编号').fill('swimming');
  await bureau.getByLabel('名称（中文）').fill('游泳安全同意书');
  await bureau.getByLabel('正文（中文）').fill('请按时接送。\n\n请告知健康情况。');
  await bureau.getByLabel('名称（英文）').fill('Swimming safety');
  await bureau.getByLabel('正文（英文）').fill('Please be on time.\n\nTell us about health.');
  await bureau.keyboard.press('Tab');
  await bureau.keyboard.press('Enter');
  const first = bureau.getByRole('dialog');
  await first.getByText(/^发布后立即生效/).waitFor();
  await first.getByRole('button', { name: '确定发布' }).click();
  await bureau.getByRole('heading', { level: 1, name: '游泳安全同意书' }).waitFor();
  const asks = bureau.getByRole('checkbox', { name: '游泳课' });
  await asks.focus();
  await bureau.keyboard.press('Space');
  await bureau.getByText('已设为需要签署：游泳课').waitFor();
  expect(await asks.isChecked()).toBe(true);
  await expectAccessible(bureau);

  const signed = (version: number) =>
    city().post(`/v1/people/${child.personId}/waivers/swimming/sign`, {
      as: parent,
      body: { version, signedName: '林晚晴' },
    });
  expect((await checkIn()).body.code).toBe('waiver-missing');
  expect((await signed(1)).status).toBe(201);

  const phone = await enter(390, officer);
  await phone.goto('/waivers/swimming/manage');
  await phone.getByText(/^现行第 1 版/).waitFor();
  await phone.getByLabel('正文（中文）').fill('请按时接送，并告知过敏情况。');
  await phone.getByRole('button', { name: '发布第 2 版' }).click();
  const dialog = phone.getByRole('dialog');
  await dialog.getByText(/签过旧版的人都要重新签署，签好之前不能签到/).waitFor();
  await expectAccessible(phone);
  await dialog.getByRole('button', { name: '再看看' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await phone.evaluate(() => document.activeElement?.textContent)).toBe('发布第 2 版');
  await phone.keyboard.press('Enter');
  await dialog.getByRole('button', { name: '确定发布' }).click();
  await phone.getByText('第 2 版已发布，即刻生效。').waitFor();
  await phone.getByText(/^现行第 2 版/).waitFor();
  await dialog.waitFor({ state: 'detached' });
  expect(await phone.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('status');
  await expectAccessible(phone);
  await expectNoWiderThanTheScreen(phone);

  expect((await checkIn()).body).toMatchObject({ code: 'waiver-missing', facts: { version: 2 } });
  expect((await signed(2)).status).toBe(201);
  expect((await checkIn()).status).toBe(200);
});

test('B06: staff of a center keep the waivers of their center, say where the city’s are asked for, and change none of those', async () => {
  await offering('yuhu', 'outing', { title: { zh: '春游', en: 'Outing' } });
  const words = { title: { zh: '外出活动同意书', en: 'Outing' }, text: { zh: '外出', en: 'Out' }, replaces: 0 };
  await city().post('/v1/waivers', { as: officer, body: { waiverId: 'outing', ...words } });
  const desk = await enter(390, staff);
  await desk.goto('/desk/yuhu');
  await desk.getByRole('link', { name: '同意书' }).click();
  await desk.getByRole('link', { name: '管理：外出活动同意书' }).click();
  await desk.getByRole('checkbox', { name: '春游' }).click();
  await desk.getByText('已设为需要签署：春游').waitFor();
  await desk.getByText('新版本由主管部门或所属中心发布。').waitFor();
  expect(await desk.getByRole('heading', { name: '修改内容，发布新版本' }).count()).toBe(0);
  await desk.goto('/waivers/new');
  await desk.getByLabel('适用范围').waitFor();
  expect(await desk.getByLabel('适用范围').locator('option').allTextContents()).toEqual(['玉湖新城邻里中心']);

  const resident = await enter(390, await someone({ name: '郑南枝' }));
  await resident.goto('/waivers');
  await resident.getByText('同意书由主管部门或中心工作人员管理').waitFor();
  await expectAccessible(resident);
});
