import { expect, test } from 'vitest';
import { offering, session, someone } from '../../support/builders.ts';
import { newCardNumber } from '../../support/residents.ts';
import { expectAccessible, expectNoWiderThanTheScreen, stage } from '../../support/stage.ts';

const { city, enter } = stage();

test('B05: a parent states the school of a child; it counts once staff have seen a paper, and no longer when it is changed', async () => {
  const parent = await someone({ name: '林晚晴', birthDate: '1988-04-16' });
  const staff = await someone({ name: '许清和', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  expect((await city().post('/v1/households', { as: parent, body: { name: '林家' } })).status).toBe(201);
  const cardNumber = newCardNumber('2017-05-21');
  const title = { zh: '校园足球', en: 'Football' };
  await offering('yuhu', 'football', { title, policy: { eligibility: { schools: ['实验小学'] } } });
  const sessionId = await session('yuhu', '2026-03-04', { slug: 'football', title });

  const phone = await enter(390, parent);
  await phone.goto('/household');
  const add = phone.locator('form').filter({ hasText: '添加孩子或老人' });
  await add.getByLabel('姓名').fill('陈小满');
  await add.getByLabel('身份证号码（选填）').fill(cardNumber);
  await add.getByRole('button', { name: '添加' }).click();
  await phone.getByText('已添加 陈小满，现在可以为其预约。').waitFor();
  await phone.getByRole('link', { name: '查看和修改资料：陈小满' }).click();
  await phone.getByRole('heading', { level: 1, name: '陈小满的资料' }).waitFor();
  await phone.getByLabel('就读学校').fill('实验小学');
  await phone.keyboard.press('Enter');
  await phone.getByText('家长填写，待中心核对').waitFor();
  await expectAccessible(phone);
  await expectNoWiderThanTheScreen(phone);

  await phone.goto(`/sessions/${sessionId}`);
  await phone.getByRole('checkbox', { name: '陈小满' }).check();
  const book = phone.getByRole('button', { name: '确认预约（1 个名额）' });
  await book.click();
  await phone
    .getByRole('alert')
    .getByText(/以中心核对过的学籍为准/)
    .waitFor();
  await phone.getByRole('link', { name: '去核对资料' }).waitFor();

  const desk = await enter(1280, staff);
  await desk.goto('/desk/yuhu/passes');
  await desk.getByLabel('代办原因').fill('家长带来学籍证明');
  await desk.getByLabel('身份证号或手机号码').fill(cardNumber);
  await desk.getByRole('button', { name: '查找' }).click();
  await desk.getByRole('button', { name: '选择 陈小满' }).click();
  await desk.getByText(/实验小学（家长填写，待核对）/).waitFor();
  await desk.getByRole('button', { name: '材料已核对，确认学校' }).click();
  await desk.getByText(/实验小学（已核对）/).waitFor();
  await expectAccessible(desk);

  await book.click();
  await phone.getByRole('heading', { level: 1, name: '预约成功' }).waitFor();
  await phone.goto('/household');
  await phone.getByRole('link', { name: '查看和修改资料：陈小满' }).click();
  await phone.getByText('已核对', { exact: true }).waitFor();
  await phone.getByText(/核对材料后确认了学校/).waitFor();
  await expectAccessible(phone);
  await phone.getByLabel('就读学校').fill('第二小学');
  await phone.getByRole('button', { name: '保存' }).click();
  await phone.getByText('家长填写，待中心核对').waitFor();
});
