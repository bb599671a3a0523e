import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { signAccessToken } from '../../shared/http/token.ts';
import { clockNow } from '../../shared/kernel/clock.ts';
import { startBrowser, type Visitor, visitor } from './browser.ts';
import { center, type Someone } from './builders.ts';
import { type CityUnderTest, startTestCity } from './city.ts';

export type Stage = {
  readonly city: () => CityUnderTest;
  /** A visitor with a screen of this width; who is named has signed in on this device before. */
  readonly enter: (width: 390 | 1280, who?: Someone) => Promise<Page>;
};

const yuhu = () => center('yuhu', { name: { zh: '玉湖新城邻里中心', en: 'Yuhu' } });

/**
 * A browser before a city for one test file, with the center Yuhu unless `furnish` brings something else: started before its tests,
 * stopped after them, and after each test nothing that a page logged as an error is let pass.
 */
export function stage(furnish: (city: CityUnderTest) => Promise<unknown> = yuhu): Stage {
  let city: CityUnderTest;
  let browser: Browser;
  const open: Visitor[] = [];

  beforeAll(async () => {
    const [started, running] = await Promise.all([startBrowser(), startTestCity()]);
    browser = started;
    city = running;
    await furnish(city);
  });
  afterAll(async () => {
    await browser?.close();
    await city?.stop();
  });
  afterEach(async () => {
    const problems = open.flatMap((one) => one.problems);
    for (const one of open.splice(0)) await one.context.close();
    expect(problems).toEqual([]);
  });

  return {
    city: () => city,
    enter: async (width, who) => {
      const one = await visitor(browser, city.url, width);
      one.page.setDefaultTimeout(20_000);
      open.push(one);
      if (who) {
        const { tenantId, personId } = who;
        const accessToken = await signAccessToken({ tenantId, personId, signInId: 's' }, clockNow());
        const signIn = { accessToken, refreshToken: 'none', personId, expiresAtEpochMs: Date.now() + 600_000 };
        await one.page.addInitScript((text) => localStorage.setItem('linli.sign-in', text), JSON.stringify(signIn));
      }
      return one.page;
    },
  };
}

/** Nothing for axe to find, by WCAG 2.2 AA and its best practices. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

/** No sideways scrolling: a page is at most as wide as the window. */
export async function expectNoWiderThanTheScreen(page: Page): Promise<void> {
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow(), `${new URL(page.url()).pathname} is wider than the screen`).toBeLessThanOrEqual(0);
}
