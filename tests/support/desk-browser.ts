import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { login } from '../../src/accounts/login.ts';
import { buildApi } from '../../src/api/build-api.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { sessionCookie } from '../../src/api/guards.ts';
import { serveApi } from '../../src/api/serve-api.ts';
import { silentLog } from '../../src/core/log.ts';
import { openReference } from '../../src/reference/live.ts';
import { freePort } from '../../src/servers/ports.ts';
import { password, startTestApi } from './api.ts';
import { axeViolations } from './axe.ts';
import { openBrowser } from './browser.ts';
import { fakePlatform } from './reply-builders.ts';
import { startTestServices, type TestServices } from './services.ts';

const screenshots = path.resolve(import.meta.dirname, '../../screenshots');

/** A visitor's browser window, with everything that went wrong in it. */
export interface Visit extends AsyncDisposable {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors on the console and thrown ones, dialogs, and requests to other hosts. Answers below 500 are no error. */
  readonly wrong: string[];
}

interface Entering extends NonNullable<Parameters<Browser['newContext']>[0]> {
  /** Below `/meja` (Default: the person's first page). */
  readonly at?: string;
}

export interface OpenDesk extends AsyncDisposable {
  readonly services: TestServices;
  readonly deps: ApiDeps;
  readonly base: string;
  /**
   * A window of somebody who is logged in (the login's own page has a test of its own), at once on one page of the desk.
   * @param who the login name, null for nobody, who gets an empty window
   */
  enter(who: string | null, options?: Entering): Promise<Visit>;
}

/** A picture of one pixel. */
const dot = {
  type: 'image/gif',
  bytes: Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'),
};

/** The platform is one in memory; people of every role. */
async function withFakePlatform(services: TestServices, base: string): Promise<ApiDeps> {
  const connector = fakePlatform(() => new Date());
  const lists = await openReference(services.db, process.cwd(), silentLog);
  const { deps } = await startTestApi(services, {
    connector,
    origins: [base],
    readMedia: async () => dot,
    lists: () => lists,
    refreshReference: () => lists.refresh(),
  });
  return deps;
}

/**
 * The built desk (dist/web) over real servers, in a real Chromium.
 * @param depsFor what the API stands on (Default: a platform in memory)
 */
export async function openDesk(depsFor = withFakePlatform): Promise<OpenDesk> {
  const services = await startTestServices();
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const deps = await depsFor(services, base);
  const listening = await serveApi(buildApi(deps), { hostname: '127.0.0.1', port });
  const browser = await openBrowser();
  mkdirSync(screenshots, { recursive: true });

  const tokens = new Map<string, Promise<string>>();
  /** A password takes long to check, on purpose: once a person is enough. */
  const tokenOf = (who: string): Promise<string> => {
    const known = tokens.get(who) ?? login(deps, who, password, '127.0.0.1').then(({ token }) => token);
    tokens.set(who, known);
    return known;
  };
  const enter: OpenDesk['enter'] = async (who, { at = '', ...options } = {}) => {
    const context = await browser.newContext({
      viewport: { width: 1366, height: 768 },
      locale: 'id-ID',
      // Nobody looks: each frame of a transition is drawn by the CPU.
      reducedMotion: 'reduce',
      ...options,
    });
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) wrong.push(message.text());
    });
    page.on('pageerror', (error) => wrong.push(String(error)));
    page.on('dialog', (dialog) => {
      wrong.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(base)) wrong.push(request.url());
    });
    if (who !== null) {
      const session = { name: sessionCookie, value: await tokenOf(who), domain: '127.0.0.1', path: '/' };
      await context.addCookies([{ ...session, secure: true, httpOnly: true, sameSite: 'Lax' }]);
      await page.goto(`${base}/meja${at}`);
      await page.waitForSelector('nav.rail');
    }
    return { context, page, wrong, [Symbol.asyncDispose]: () => context.close() };
  };
  return {
    services,
    deps,
    base,
    enter,
    async [Symbol.asyncDispose]() {
      await browser.close();
      await listening[Symbol.asyncDispose]();
      await services[Symbol.asyncDispose]();
    },
  };
}

/**
 * Goes on to another page as the desk's own links do: to load all of it again takes half a second of CPU time. What stood
 * there stays for a moment, so wait for what only the new page holds.
 */
export function goOn(page: Page, at: string): Promise<unknown> {
  const address = JSON.stringify(`/meja${at}`);
  return page.evaluate(
    `history.pushState(null, '', ${address}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}

/** Kept for looking at, never committed. */
export function picture(page: Page, name: string): Promise<unknown> {
  return page.screenshot({ path: path.join(screenshots, `meja-${name}.png`) });
}

/**
 * Serious violations in the light and the dark theme, first in the one that is there: a change draws the whole page anew.
 * A picture of each is kept.
 * @param within the part that axe looks at (Default: the whole page)
 */
export async function seriousViolations(page: Page, name: string, within?: string): Promise<string[]> {
  const found: string[] = [];
  const isDark = (await page.getAttribute('html', 'data-mantine-color-scheme')) === 'dark';
  for (const scheme of isDark ? (['dark', 'light'] as const) : (['light', 'dark'] as const)) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.waitForSelector(`html[data-mantine-color-scheme=${scheme}]`);
    await picture(page, `${name}-${scheme}`);
    found.push(...(await axeViolations(page, scheme, within)));
  }
  return found;
}

/**
 * The same at the width of a phone, where besides nothing may stick out sideways. The window is left as wide as it was.
 * @param within the part that axe looks at
 */
export async function phoneFaults(page: Page, name: string, within: string): Promise<string[]> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  const found = await seriousViolations(page, `${name}-telepon`, within);
  const wide = await page.evaluate<number>(
    `Math.max(document.documentElement.scrollWidth, document.querySelector(${JSON.stringify(within)}).scrollWidth)`,
  );
  if (before) await page.setViewportSize(before);
  return wide > 390 ? [...found, `${wide} px wide`] : found;
}
