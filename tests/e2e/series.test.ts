import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { clockNow } from '../../shared/kernel/clock.ts';
import { addDays, civilNow } from '../../shared/kernel/days.ts';
import { room, type Someone, someone } from '../support/builders.ts';
import { expectAccessible, expectNoWiderThanTheScreen, stage } from '../support/stage.ts';

const { enter } = stage();
let resident: Someone;

beforeAll(async () => {
  await room('yuhu', 'dance', { name: { zh: '舞蹈室', en: 'Dance room' } });
  resident = await someone({ name: '林晚晴' });
});

/** Accessible, and no wider than the screen. */
async function expectSound(page: Page): Promise<void> {
  await expectAccessible(page);
  await expectNoWiderThanTheScreen(page);
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
    await page.getByText(/可预约 \d+ 次，待开放 0 次/).waitFor();
    await expectSound(page);
    expect(await page.locator('.series-row').count()).toBe(4);
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
    await page.getByRole('button', { name: '确认更改' }).focus();
    await press('Enter');
    await page.getByText(`${moved}–${until}`).waitFor();

    await booked.nth(1).click();
    await page.getByLabel('这一次和以后各次').check();
    await page.getByLabel('新的开始时间').selectOption('19:00');
    await page.getByRole('button', { name: '确认更改' }).click();
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
