import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { seed } from '../../../local/seeding.ts';
import { residentIdCheckCharacter } from '../../../shared/kernel/resident-id.ts';
import { eventually } from '../../support/city.ts';
import { expectAccessible, expectNoWiderThanTheScreen, stage } from '../../support/stage.ts';

/** The main job as people do it: the whole city, its sample data, a real browser. The city's clock stands at Monday, 2026-03-02, nine. */
const { city, enter } = stage((city) => seed(city, () => undefined));

/** Signs in as a person does: number, code from the message, done. */
async function signIn(page: Page, phone: string): Promise<void> {
  const before = city().messages(`+86${phone}`).length;
  await page.goto('/sign-in');
  await page.getByLabel('手机号码').fill(phone);
  await page.getByRole('button', { name: '获取验证码' }).click();
  const code = await eventually('the message with the code', 15_000, async () => {
    const messages = city().messages(`+86${phone}`);
    return messages.length > before ? /\d{6}/.exec(messages[0]?.text ?? '')?.[0] : undefined;
  });
  await page.getByLabel(/^验证码/).fill(code);
  await page.getByRole('main').getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
}

const main = (page: Page) => page.getByRole('main');

describe('a parent', () => {
  test('books an after-school class for two children at once, on a phone, and cancels one', async () => {
    const page = await enter(390);
    await page.goto('/');
    await page
      .getByRole('link', { name: /玉湖新城邻里中心/ })
      .first()
      .click();
    await page.getByRole('heading', { name: '玉湖新城邻里中心', level: 1 }).waitFor();
    await expectAccessible(page);
    // By keyboard: the last day of this week, into the next one and back.
    await page.getByRole('button', { name: '3月2日 周一' }).focus();
    for (const key of ['End', 'ArrowRight', 'PageUp', 'ArrowRight']) await page.keyboard.press(key);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toBe('3月3日 周二');
    await page.getByRole('button', { name: '3月3日 周二' }).click();
    await page.getByRole('link', { name: '四点半课堂' }).click();
    await page.getByRole('link', { name: '登录后预约' }).click();
    await signInHere(page, '19900000001');

    await page.getByRole('checkbox', { name: '陈小满' }).check();
    await page.getByRole('checkbox', { name: '陈谷雨' }).check();
    expect(await page.getByRole('checkbox', { name: '陈初雪' }).isDisabled()).toBe(true);
    await expectAccessible(page);
    await page.getByRole('button', { name: '确认预约（2 个名额）' }).dblclick();
    await page.getByRole('heading', { name: '预约成功' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '预约成功' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('link', { name: '查看我的预约' }).click();
    await page.getByText('2 个预约').waitFor();
    await page.getByRole('link', { name: '以往' }).click();
    await page.waitForURL(/when=past/);
    expect(await main(page).locator('[aria-current=page]').allTextContents()).toEqual(['以往']);
    await page.getByRole('link', { name: '即将到来' }).click();
    await page.getByText('2 个预约').waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '陈小满 · 四点半课堂' }).click();
    await page.getByRole('button', { name: '取消预约' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定取消' }).click();
    await main(page).getByText('已取消').first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await expectAccessible(page);
  });

  /** The sign-in form as it stands before us, having come from another page. */
  async function signInHere(page: Page, phone: string): Promise<void> {
    await page.getByLabel('手机号码').fill(phone);
    await page.getByRole('button', { name: '获取验证码' }).click();
    const code = await eventually(
      'the message with the code',
      15_000,
      async () => /\d{6}/.exec(city().messages(`+86${phone}`)[0]?.text ?? '')?.[0],
    );
    await page.getByLabel(/^验证码/).fill(code);
    await main(page).getByRole('button', { name: '登录' }).click();
  }
});

describe('an adult of a household', () => {
  test('lets another adult act for them by phone; a number that cannot be one is told at once', async () => {
    const page = await enter(390);
    await signIn(page, '19900000003');
    await page.goto('/household');
    const form = page.locator('form').filter({ hasText: '授权另一位成年人' });
    await form.getByLabel('对方的手机号码').fill('12345');
    await form.getByRole('button', { name: '发出邀请' }).click();
    expect(await form.getByLabel('对方的手机号码').getAttribute('aria-invalid')).toBe('true');
    await form.getByLabel('对方的手机号码').fill('19900000012');
    await form.getByRole('button', { name: '发出邀请' }).click();
    await expect.poll(() => form.getByLabel('对方的手机号码').inputValue(), { timeout: 15_000 }).toBe('');
    await expectAccessible(page);
  });
});

describe('a resident', () => {
  test('books a room with the keyboard alone', async () => {
    const page = await enter(1280);
    await signIn(page, '19900000005');
    await page.goto('/rooms/yuhu.meeting?date=2026-03-04');
    await page.getByRole('button', { name: '10:00', exact: true }).waitFor();
    await tabTo(page, '10:00');
    await page.keyboard.press('Enter');
    await tabTo(page, '用途');
    await page.keyboard.type('楼道议事');
    await tabTo(page, '确认预约');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '场地已预约' }).waitFor();
    await expectAccessible(page);
    await page.goto('/rooms/yuhu.meeting?date=2026-03-04');
    expect(await page.getByRole('button', { name: /^10:00/ }).isDisabled()).toBe(true);
  });

  test('who loses the connection is told so and loses nothing typed', async () => {
    const page = await enter(390);
    await signIn(page, '19900000004');
    await page.goto('/rooms/yuhu.meeting?date=2026-03-05');
    await page.getByRole('button', { name: '14:00' }).click();
    await page.getByLabel('用途').fill('合唱排练');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '确认预约' }).click();
    await page
      .getByText(/连接中断/)
      .first()
      .waitFor();
    expect(await page.getByLabel('用途').inputValue()).toBe('合唱排练');
    await page.context().setOffline(false);
    await page.reload();
    expect(await page.getByLabel('用途').inputValue()).toBe('合唱排练');
  });

  /** Presses Tab until the element with this name has the focus. */
  async function tabTo(page: Page, name: string): Promise<void> {
    for (let presses = 0; presses < 150; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => {
        const element = document.activeElement as HTMLInputElement | null;
        // Past the last element the focus is with the browser itself, and the page as a whole stands for it.
        if (element === document.body) return '';
        return `${element?.getAttribute('aria-label') ?? ''} ${element?.labels?.[0]?.textContent ?? ''} ${element?.textContent ?? ''}`;
      });
      if (focused.includes(name)) return;
    }
    throw new Error(`Tab never came to ${name}`);
  }
});

describe('an elder without a phone', () => {
  test('gets a record, a place in day care with a printed slip, and is checked in by its code', async () => {
    const page = await enter(1280);
    await signIn(page, '19900000011');
    await page.goto('/desk/yuhu?date=2026-03-02');
    await page.getByRole('button', { name: /^加人.*长者日托（全日）/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '长者没有手机' }).click();
    await dialog.getByRole('button', { name: '新建档案' }).click();
    await dialog.getByLabel('姓名', { exact: true }).fill('示例长者');
    const card = '35039919450607123';
    await dialog.getByLabel('身份证号', { exact: true }).fill(`${card}${residentIdCheckCharacter(card)}`);
    await expectAccessible(page);
    await dialog.getByRole('button', { name: '建档并继续' }).click();
    await dialog.getByRole('button', { name: '预约 1 场' }).click();
    await dialog.getByText('已为 示例长者 约好 1 场').waitFor();
    const code =
      (await dialog.getByText('预约码', { exact: true }).locator('..').locator('strong').textContent()) ?? '';
    expect(code).toHaveLength(6);
    const slip = await dialog.getByRole('link', { name: '打印凭条' }).getAttribute('href');
    await dialog.getByRole('button', { name: '完成' }).click();

    await page.getByLabel(/预约码：输入/).fill(code.toLowerCase());
    await page.keyboard.press('Enter');
    await page
      .getByText(/示例长者.*签到|签到.*示例长者/)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.goto(slip ?? '');
    await page.getByText('示例长者').first().waitFor();
    await page.getByText(code).first().waitFor();
  });

  test('cannot be booked by staff of another center', async () => {
    const page = await enter(1280);
    await signIn(page, '19900000012');
    await page.goto('/desk/yuhu');
    await main(page)
      .getByText(/没有这项权限|不在本中心|没有/)
      .first()
      .waitFor();
    expect(await page.getByRole('button', { name: /^加人/ }).count()).toBe(0);
  });
});

describe('an operator', () => {
  test('sees its own sessions, who comes, and what it is permitted', async () => {
    const page = await enter(1280);
    await signIn(page, '19900000021');
    await page.goto('/operators');
    await page.getByRole('heading', { name: '拾光学堂' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: /名单：3月3日 周二 .*少儿美术/ }).click();
    await page.getByRole('heading', { level: 1, name: '少儿美术' }).waitFor();
    await expectAccessible(page);
    await page.goto('/operators/shiguang?show=whitelist');
    await main(page).getByText('玉湖新城邻里中心').first().waitFor();
    await expectAccessible(page);
  });
});

describe('every page', () => {
  test.each([390, 1280] as const)('at %i pixels fits its width, in both languages', async (width) => {
    const page = await enter(width);
    for (const path of [
      '/',
      '/centers/yuhu',
      '/centers/yuhu?show=rooms',
      '/sign-in',
      '/api-docs',
      '/problems/session-full',
      '/nowhere',
    ]) {
      await page.goto(path);
      await page.waitForLoadState('networkidle');
      for (const other of ['English', '中文']) {
        await expectNoWiderThanTheScreen(page);
        await page.getByRole('button', { name: other }).click();
        await page.getByRole('button', { name: other }).waitFor({ state: 'detached' });
      }
    }
    await expectAccessible(page);
  });

  test('of the API finds an operation by its codes, opens it from its address, and gives its request to a shell', async () => {
    const page = await enter(390);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/api-docs');
    await page.getByRole('searchbox', { name: '查找接口' }).fill('场地 slot-taken');
    await main(page)
      .getByText(/个接口中有 1 个$/)
      .waitFor();
    await page.goto('/');
    await page.goto('/api-docs#bookRoom');
    const opened = page.locator('#bookRoom');
    await opened.getByRole('heading', { name: '请求', exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.parentElement?.id)).toBe('bookRoom');
    await opened.getByText('RoomBookingRequest').waitFor();
    await opened.getByRole('button', { name: '复制 curl 命令' }).click();
    await opened.getByText('已复制').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(
      `curl -X POST '${city().url}/v1/rooms/yuhu.studio/bookings'`,
    );
    await opened.getByText('示例', { exact: true }).click();
    await expectNoWiderThanTheScreen(page);
    await expectAccessible(page);
    await opened.getByRole('link', { name: 'slot-taken' }).click();
    await page.getByRole('heading', { level: 1, name: /slot-taken/ }).waitFor();
  });

  test('loads texts of one language, and of the other when asked, without losing what was typed', async () => {
    const page = await enter(390);
    /** Whether a script that the page has loaded says it. */
    const isLoaded = (text: string) =>
      page.evaluate(async (said) => {
        const names = performance.getEntriesByType('resource').map(({ name }) => name);
        const loaded = await Promise.all(names.filter((name) => name.endsWith('.js')).map((name) => fetch(name)));
        return (await Promise.all(loaded.map((response) => response.text()))).some((script) => script.includes(said));
      }, text);
    await page.goto('/sign-in');
    await page.getByLabel('手机号码').fill('19900000001');
    expect([await isLoaded('获取验证码'), await isLoaded('Send me a code')]).toEqual([true, false]);

    await page.context().setOffline(true);
    const failed = page.waitForEvent('requestfailed');
    await page.getByRole('button', { name: 'English' }).click();
    await failed;
    await page.getByRole('heading', { level: 1, name: '登录' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'English' }).click();
    expect(await page.getByLabel('Phone number').inputValue()).toBe('19900000001');
    await page.reload();
    await page.getByRole('button', { name: 'Send me a code' }).waitFor();
    expect([await isLoaded('获取验证码'), await isLoaded('Send me a code')]).toEqual([false, true]);
  });

  test('that is not there says so under a title and shows the ways on', async () => {
    const page = await enter(390);
    for (const path of ['/centers/nowhere', '/sessions/yuhu.center.nothing.20260303t1630', '/rooms/yuhu.nothing']) {
      await page.goto(path);
      await page.getByRole('heading', { level: 1, name: '没有找到' }).waitFor();
      await page.getByRole('link', { name: '查看我的预约' }).waitFor();
    }
    await expectAccessible(page);
  });

  test('fits a phone also for somebody with a long name, in each language and size of text', async () => {
    const page = await enter(390);
    await signIn(page, '19900000032');
    await page.goto('/profile');
    await page.getByLabel('姓名').fill('Alexandrina Konstantinopolskaya');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor();
    for (const size of ['字号: 特大', '字号: 标准'])
      for (const path of ['/', '/bookings', '/household', '/profile', '/allowances', '/calendars']) {
        await page.goto(path);
        await page.getByRole('button', { name: size, exact: true }).click();
        await page.waitForLoadState('networkidle');
        await expectNoWiderThanTheScreen(page);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByRole('button', { name: '中文' }).waitFor();
        await expectNoWiderThanTheScreen(page);
        await page.getByRole('button', { name: '中文' }).click();
      }
  });
});
