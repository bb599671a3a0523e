import { expect, test } from 'vitest';
import { room, session, someone } from '../../support/builders.ts';
import { resident } from '../../support/residents.ts';
import { expectAccessible, expectNoWiderThanTheScreen, stage } from '../../support/stage.ts';

/** What only those with a post see: the keys of doors, the rules of the city, the limits of a court. */
const TODAY = '2026-03-02';
const { city, enter } = stage();

test('A17: staff make a key for a door, a resident reads the code for it, and a key that is revoked opens nothing', async () => {
  const roomId = await room('yuhu', 'studio', { name: { zh: '排练室', en: 'Studio' } });
  const staff = await someone({ name: '许清和', posts: [{ kind: 'center-staff', centerId: 'yuhu' }] });
  const desk = await enter(390, staff);
  await desk.goto('/desk/yuhu');
  await desk.getByRole('link', { name: '门锁' }).click();
  await desk.getByText('这个中心还没有门锁密钥').waitFor();
  await desk.getByRole('button', { name: '生成密钥' }).click();
  await desk.getByText('请写明这把锁装在哪里。').waitFor();
  await expectAccessible(desk);
  await desk.getByLabel('装在哪里').fill('北侧门');
  await desk.getByRole('button', { name: '生成密钥' }).click();
  await desk.getByRole('heading', { name: '密钥已生成：排练室' }).waitFor();
  const key = await desk.getByLabel('密钥', { exact: true }).inputValue();
  expect(await desk.getByLabel('门锁请求地址').inputValue()).toBe(`${city().url}/v1/doors/${roomId}/entries`);
  await expectAccessible(desk);
  await expectNoWiderThanTheScreen(desk);

  const me = await someone({ name: '林阿姨', birthDate: '1980-05-05' });
  const body = { date: TODAY, startsAt: '14:00', endsAt: '15:00', purpose: '合唱' };
  const { booking } = (await city().post(`/v1/rooms/${roomId}/bookings`, { as: me, body })).body;
  const phone = await enter(390, me);
  await phone.goto(`/bookings/${me.personId}/${booking.bookingId}`);
  await phone.getByText('13:55 至 15:05 可开门').waitFor();
  const code = (await phone.getByText(/^\d{4} \d{4}$/).textContent())?.replace(/\s/g, '') ?? '';
  await expectAccessible(phone);
  const knock = async (given: string) => {
    const answer = await city().post(`/v1/doors/${roomId}/entries`, { as: { token: key }, body: { code: given } });
    return [answer.status, answer.body.code, answer.body.facts?.reason].filter(Boolean).join(' ');
  };
  expect(await knock(code)).toBe('403 entry-refused not-yet');
  expect(await knock(code === '00000000' ? '00000001' : '00000000')).toBe('403 entry-refused unknown');

  const wide = await enter(1280, staff);
  await wide.goto('/desk/yuhu/doors');
  await wide.getByRole('button', { name: '作废：排练室 · 北侧门' }).click();
  const dialog = wide.getByRole('dialog');
  await dialog.getByText('用这把密钥的门锁会立即拒绝所有门禁码。').waitFor();
  await expectAccessible(wide);
  await dialog.getByRole('button', { name: '作废', exact: true }).click();
  await wide.getByText(/已作废$/).waitFor();
  expect(await knock(code)).toBe('401 not-signed-in');
});

test('A12: a bureau changes the rules of the city; they count from the next booking on, and nobody else may', async () => {
  const officer = await someone({ name: '宋时雨', posts: [{ kind: 'bureau-officer', bureau: 'education' }] });
  const roomId = await room('yuhu', 'hall', { name: { zh: '多功能厅', en: 'Hall' } });
  const wide = await enter(1280, officer);
  await wide.goto('/officer/rules');
  const minutes = wide.getByLabel('每人每天场地分钟数');
  expect(await minutes.inputValue()).toBe('240');
  await expectAccessible(wide);
  await minutes.fill('60');
  await wide.getByRole('button', { name: '保存规则' }).click();
  await wide.getByText('已保存，从下一次预约起生效。').waitFor();

  const me = await someone({ name: '郑南枝', birthDate: '1980-05-05' });
  const book = async (startsAt: string, endsAt: string) => {
    const body = { date: TODAY, startsAt, endsAt, purpose: '读书会' };
    const answer = await city().post(`/v1/rooms/${roomId}/bookings`, { as: me, body });
    return answer.body.code ?? answer.body.booking.state;
  };
  expect(await book('14:00', '15:00')).toBe('booked');
  expect(await book('16:00', '16:15')).toBe('daily-limit');

  const phone = await enter(390, officer);
  await phone.goto('/officer/rules');
  expect(await phone.getByLabel('每人每天场地分钟数').inputValue()).toBe('60');
  await expectAccessible(phone);
  await expectNoWiderThanTheScreen(phone);
  await phone.getByLabel('每人每天场地分钟数').fill('240');
  await phone.getByRole('button', { name: '保存规则' }).click();
  await phone.getByText('已保存，从下一次预约起生效。').waitFor();
  expect(await book('16:00', '16:15')).toBe('booked');

  const other = await enter(390, me);
  await other.goto('/officer/rules');
  await other.getByText('只有主管部门可以修改城市规则。').waitFor();
  expect(await other.getByRole('button', { name: '保存规则' }).count()).toBe(0);
});

test('B01: a court’s limit on who acts for a child is recorded, holds at once, and is lifted on another document', async () => {
  const officer = await someone({ name: '宋时雨', posts: [{ kind: 'bureau-officer', bureau: 'civil-affairs' }] });
  const parent = await resident('林晚晴', { birthDate: '1988-04-16' });
  const { householdId } = (await city().post('/v1/households', { as: parent, body: { name: '林家' } })).body;
  const child = { name: '林小满', birthDate: '2017-05-21', role: 'child' };
  const { person } = (await city().post(`/v1/households/${householdId}/members`, { as: parent, body: child })).body;
  const sessionId = await session('yuhu', TODAY, { slug: 'limits' });
  const book = async () => {
    const body = { sessionIds: [sessionId], beneficiaryIds: [person.personId] };
    return (await city().post('/v1/session-bookings', { as: parent, body })).status;
  };

  const desk = await enter(390, officer);
  await desk.goto('/officer/limits');
  await desk.getByLabel('手机号码或身份证号码').fill(parent.phone);
  await desk.getByRole('button', { name: '查找' }).click();
  await desk.getByText('请填写原因。').waitFor();
  await expectAccessible(desk);
  await desk.getByLabel('查找原因').fill('法院来函');
  await desk.getByRole('button', { name: '查找' }).click();
  await desk.getByRole('button', { name: '查看: 林小满' }).click();
  await desk.getByRole('button', { name: '限制 林晚晴 为 林小满 办理' }).click();
  await desk.getByRole('button', { name: '确认设置' }).click();
  await desk.getByText('请填写文书编号。').waitFor();
  await expectAccessible(desk);
  await desk.getByLabel('文书编号').fill('（2026）示例 12 号');
  await desk.getByLabel('事由').fill('判决');
  await desk.getByRole('button', { name: '确认设置' }).click();
  await desk.getByText('已设置，立即生效。').waitFor();
  await expectAccessible(desk);
  await expectNoWiderThanTheScreen(desk);
  expect(await book()).toBe(403);

  const wide = await enter(1280, officer);
  await wide.goto('/officer/limits');
  await wide.getByLabel('手机号码或身份证号码').fill(parent.phone);
  await wide.getByLabel('查找原因').fill('法院来函');
  await wide.getByRole('button', { name: '查找' }).click();
  await wide.getByRole('button', { name: '查看: 林小满' }).click();
  await wide.getByText('限制中').waitFor();
  await wide.getByText('文书：（2026）示例 12 号').waitFor();
  await expectAccessible(wide);

  await desk.getByRole('button', { name: '解除对 林晚晴 的限制' }).click();
  await desk.getByLabel('文书编号').fill('（2026）示例 13 号');
  await desk.getByLabel('事由').fill('判决已变更');
  await desk.getByRole('button', { name: '确认解除' }).click();
  await desk.getByText('已解除，现有授权恢复有效。').waitFor();
  await desk.getByText(/由 宋时雨 解除$/).waitFor();
  expect(await book()).toBe(201);

  const other = await enter(390, await someone({ name: '郑南枝' }));
  await other.goto('/officer/limits');
  await other.getByText('此页面仅供民政部门办理人员使用。').waitFor();
});

test('P19: a bureau makes an account for a program, whose key is shown once; a new key ends the old one, and the end ends all', async () => {
  const officer = await someone({ name: '宋时雨', posts: [{ kind: 'bureau-officer', bureau: 'commerce' }] });
  const works = async (accountId: string, key: string) => {
    const { body } = await city().post('/v1/sign-in/service', { body: { accountId, key } });
    if (body.code) return body.code;
    return (await city().get(`/v1/centers/yuhu/board?date=${TODAY}`, { as: { token: body.accessToken } })).status;
  };
  const phone = await enter(390, officer);
  await phone.goto('/officer/service-accounts');
  await phone.getByText('这项职务还没有服务账号').waitFor();
  await phone.getByRole('button', { name: '开设账号' }).click();
  await phone.getByText('请写明是哪个程序。').waitFor();
  await expectAccessible(phone);
  await phone.getByLabel('名称').fill('大厅自助机');
  await phone.getByRole('button', { name: '开设账号' }).click();
  await phone.getByRole('heading', { name: '账号已开设：大厅自助机' }).waitFor();
  const accountId = await phone.getByLabel('账号', { exact: true }).inputValue();
  const key = await phone.getByLabel('密钥', { exact: true }).inputValue();
  expect(await works(accountId, key)).toBe(200);
  await phone.getByRole('button', { name: '复制密钥' }).click();
  await expectAccessible(phone);
  await expectNoWiderThanTheScreen(phone);

  const wide = await enter(1280, officer);
  await wide.goto('/officer/service-accounts');
  await wide.getByText(/由 宋时雨 开设$/).waitFor();
  expect(await wide.getByLabel('密钥', { exact: true }).count()).toBe(0);
  await wide.getByRole('button', { name: '更换密钥：大厅自助机' }).click();
  await wide.getByRole('dialog').getByRole('button', { name: '更换', exact: true }).click();
  await wide.getByRole('heading', { name: '密钥已更换：大厅自助机' }).waitFor();
  const next = await wide.getByLabel('密钥', { exact: true }).inputValue();
  expect([await works(accountId, key), await works(accountId, next)]).toEqual(['service-key-wrong', 200]);
  await wide.getByRole('button', { name: '停用：大厅自助机' }).click();
  await wide.getByText('程序立即不能再调用接口').waitFor();
  await expectAccessible(wide);
  await wide.getByRole('dialog').getByRole('button', { name: '停用', exact: true }).click();
  await wide.getByText(/由 宋时雨 停用$/).waitFor();
  await wide.getByText(/^最近使用：/).waitFor();
  expect(await works(accountId, next)).toBe('service-key-wrong');
  await wide.getByLabel('职务').selectOption('机构工作人员');
  await expectNoWiderThanTheScreen(wide);

  const other = await enter(390, await someone({ name: '郑南枝' }));
  await other.goto('/officer/service-accounts');
  await other.getByText('只有能授予职务的人可以管理服务账号。').waitFor();
});
