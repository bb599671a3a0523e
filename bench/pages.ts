import type { Browser, CDPSession } from 'playwright-core';
import { startBrowser } from '../tests/support/browser.ts';
import { textTable } from './measure.ts';

/** Bytes a second of 400 kbit/s, and the time a request takes there and back. */
const SLOW = { bytesPerSecond: 51_200, latencyMs: 150 };
const FREE = { bytesPerSecond: -1, latencyMs: 0 };

type Visit = {
  readonly paintMs: number;
  readonly usableMs: number;
  readonly scripts: number;
  readonly kilobytes: Readonly<Record<'page' | 'script' | 'style' | 'data', number>>;
};

const kindOf: Readonly<Record<string, keyof Visit['kilobytes']>> = {
  Document: 'page',
  Script: 'script',
  Stylesheet: 'style',
};

/** Notes in the page when the title and the first link or button below it are React's, so that they answer. */
function watch(language: string): void {
  localStorage.setItem('linli.preferences', JSON.stringify({ language }));
  const answers = (part: Element): boolean => Object.keys(part).some((name) => name.startsWith('__reactProps'));
  const look = (): void => {
    const title = document.querySelector('main h1');
    const isUsable = title && answers(title) && [...document.querySelectorAll('main :is(a, button)')].some(answers);
    if (isUsable) performance.mark('usable');
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** One visit with nothing kept from before. */
async function visit(browser: Browser, address: string, language: string, line: typeof SLOW): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, timezoneId: 'Asia/Shanghai' });
  try {
    await context.addInitScript(watch, language);
    const page = await context.newPage();
    const session: CDPSession = await context.newCDPSession(page);
    const kinds = new Map<string, keyof Visit['kilobytes']>();
    const bytes = { page: 0, script: 0, style: 0, data: 0 };
    let scripts = 0;
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, kindOf[type] ?? 'data'));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = kinds.get(requestId) ?? 'data';
      bytes[kind] += encodedDataLength;
      if (kind === 'script') scripts += 1;
    });
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latencyMs,
      downloadThroughput: line.bytesPerSecond,
      uploadThroughput: line.bytesPerSecond,
    });
    await page.goto(address, { waitUntil: 'commit' });
    await page.waitForFunction(() => performance.getEntriesByName('usable').length > 0, undefined, { timeout: 60_000 });
    await page.waitForLoadState('networkidle');
    const [paintMs = Number.NaN, usableMs = Number.NaN] = await page.evaluate(() =>
      ['first-contentful-paint', 'usable'].map((name) => performance.getEntriesByName(name)[0]?.startTime),
    );
    const kilobytes = { page: 0, script: 0, style: 0, data: 0 };
    for (const kind of ['page', 'script', 'style', 'data'] as const)
      kilobytes[kind] = Math.round(bytes[kind] / 100) / 10;
    return { paintMs, usableMs, scripts, kilobytes };
  } finally {
    await context.close();
  }
}

/** The first center of the city with a session on this date or after it, and a room of it, as addresses of pages. */
async function pagesOf(city: string, date: string): Promise<Readonly<Record<string, string>>> {
  const ask = async (path: string) => (await fetch(`${city}${path}`)).json();
  const { centers } = await ask('/v1/centers');
  for (const { centerId } of centers) {
    const { sessions } = await ask(`/v1/centers/${centerId}/sessions?from=${date}`);
    const { rooms } = await ask(`/v1/centers/${centerId}`);
    const room = rooms.find(({ bookable }: { bookable: boolean }) => bookable);
    if (sessions[0] && room)
      return {
        home: '/',
        center: `/centers/${centerId}`,
        class: `/sessions/${sessions[0].sessionId}`,
        room: `/rooms/${room.roomId}`,
      };
  }
  return { home: '/' };
}

/**
 * What a visitor's first visit to a page costs, in both languages, at 400 kbit/s with 150 ms there and back, and with nothing in the way:
 * kilobytes over the line by kind, scripts, milliseconds to the first paint and until title and first control answer.
 */
export async function benchPages(city: string, date: string): Promise<string> {
  const rows: (string | number)[][] = [
    ['page', 'language', 'line', 'scripts', 'page KB', 'script KB', 'style KB', 'data KB', 'paint ms', 'usable ms'],
  ];
  const browser = await startBrowser();
  try {
    for (const [name, path] of Object.entries(await pagesOf(city, date)))
      for (const language of ['zh', 'en'])
        for (const [line, limits] of Object.entries({ '400 kbit/s': SLOW, free: FREE })) {
          const { scripts, kilobytes, paintMs, usableMs } = await visit(browser, city + path, language, limits);
          const { page, script, style, data } = kilobytes;
          rows.push([
            name,
            language,
            line,
            scripts,
            page,
            script,
            style,
            data,
            Math.round(paintMs),
            Math.round(usableMs),
          ]);
        }
  } finally {
    await browser.close();
  }
  return textTable(rows);
}
