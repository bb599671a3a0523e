import { existsSync } from 'node:fs';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';

/** Chromium keeps quiet: no background traffic, no sandbox (CI runs as root), no GPU. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The system's Chromium where there is one, else the one that comes from npm with the libraries it needs. */
export async function startBrowser(): Promise<Browser> {
  const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path));
  if (installed) return chromium.launch({ executablePath: installed, args: quiet });
  // The package unpacks its own copies of the few system libraries that a bare machine lacks only where it believes to be in Lambda.
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs24.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  // Its own arguments fit it into Lambda: all of it is one process, which ends with the first window that is closed.
  return chromium.launch({ executablePath: await packaged.executablePath(), args: quiet });
}

export type Visitor = { readonly page: Page; readonly context: BrowserContext; problems: string[] };

/** A fresh visitor with a screen of this size. What the page logs as an error or throws is collected: a journey expects none. */
export async function visitor(browser: Browser, url: string, width: 390 | 1280): Promise<Visitor> {
  const height = width === 390 ? 844 : 900;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`${error.name}: ${error.message}`));
  page.on('console', (message) => {
    // The browser's own lines about a refusal of the API or a lost connection; the page shows them to the person, which journeys check.
    if (message.type() === 'error' && !/status of 4\d\d|ERR_INTERNET_DISCONNECTED/.test(message.text()))
      problems.push(message.text());
  });
  return { page, context, problems };
}
