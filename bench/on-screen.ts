import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

/**
 * How long a citizen's post takes from `/sim` to the desk without anybody reloading: two windows of Chromium at a demo
 * that runs. Target: 2 s.
 * `node dist/bench/on-screen.js http://127.0.0.1:3000 petugas PASSWORD 20 http://127.0.0.1:PORT …`, as `npm start` printed them.
 */
const [desk, name, password, times, ...simulators] = process.argv.slice(2);
if (!desk || !name || !password || !times || simulators.length === 0) {
  console.error(
    'on-screen.js DESK NAME PASSWORD TIMES SIMULATOR…: addresses and account as npm start printed them',
  );
  process.exit(2);
}
const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = places.find((path) => existsSync(path));
if (!executablePath) {
  console.error('no Chromium: apt-get install -y chromium');
  process.exit(2);
}

async function openInbox(page: Page): Promise<void> {
  await page.goto(new URL('/meja/masuk', desk).href);
  await page.fill('input[name=nama]', name ?? '');
  await page.fill('input[name=sandi]', password ?? '');
  await page.click('button[type=submit]');
  await page.waitForSelector('nav.rail');
  await page.goto(new URL('/meja/kotak-masuk?view=semua', desk).href);
  await page.waitForSelector('section.threads');
}

interface Taken {
  readonly counted: number;
  readonly row: number;
}

/** Milliseconds from the press on "Kirim" until the desk counts what is new, and until the row stands in the list. */
async function measured(inbox: Page, street: Page, simulator: string, turn: number): Promise<Taken> {
  const mark = `Gang ${turn}${Date.now().toString(36)}`;
  await street.goto(new URL('/sim', simulator).href);
  // Somebody new each time: on WhatsApp a second message joins the case of the first.
  await street.fill('input[name=author] >> nth=0', `warga_${mark.slice(5)}`);
  const before = await street.inputValue('textarea[name=text] >> nth=0');
  await street.fill(
    'textarea[name=text] >> nth=0',
    `${before}jalan berlubang dalam sekali di ${mark}, mohon diperbaiki`,
  );
  const start = performance.now();
  await street.click('form[action="/sim/posts"] >> nth=0 >> button');
  const waiting = inbox.getByRole('button', { name: /baru, tekan/ });
  const row = inbox.locator('section.threads', { hasText: mark });
  let counted = 0;
  while (!(await row.isVisible())) {
    // Long enough for the minute in which the story takes Instagram's token away.
    await waiting.or(row).first().waitFor({ timeout: 90_000 });
    if (await row.isVisible()) break;
    counted = performance.now() - start;
    await inbox.keyboard.press('.');
    // The demo's own citizens write too: the press may have fetched one of theirs, and ours is counted anew.
    await row.waitFor({ timeout: 500 }).catch(() => {});
  }
  return { counted, row: performance.now() - start };
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  const inbox = await (await browser.newContext({ locale: 'id-ID' })).newPage();
  const street = await (await browser.newContext({ locale: 'id-ID' })).newPage();
  await openInbox(inbox);
  for (const simulator of simulators) {
    const taken: Taken[] = [];
    for (let turn = 1; turn <= Number(times); turn += 1) {
      taken.push(await measured(inbox, street, simulator, turn));
    }
    console.log(simulator);
    for (const what of ['counted', 'row'] as const) {
      const sorted = taken.map((one) => Math.round(one[what])).sort((a, b) => a - b);
      console.log(
        `  ${what}: median ${sorted[sorted.length >> 1]} ms, most ${sorted.at(-1)} ms (${sorted.join(' ')})`,
      );
    }
  }
} finally {
  await browser.close();
}
