import { existsSync } from 'node:fs';
import { chromium, type Page } from 'playwright-core';

/**
 * How long a citizen's post takes from `/sim` to the desk, and an approved answer back, without anybody reloading: two
 * windows of Chromium at a demo that runs. Target: a post within 2 s (design.md §9).
 * `node dist/bench/on-screen.js http://127.0.0.1:3000 petugas PASSWORD http://127.0.0.1:PORT 10`, as `npm start` printed them.
 */
const [desk, name, password, simulator, times = '10'] = process.argv.slice(2);
if (!desk || !name || !password || !simulator) {
  console.error(
    'on-screen.js DESK NAME PASSWORD SIMULATOR [TIMES]: addresses and account as npm start printed them',
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

/** Milliseconds from the press on "Kirim" until the desk counts what is new, and until the row stands in the list. */
async function measured(inbox: Page, street: Page, turn: number): Promise<{ counted: number; row: number }> {
  const mark = `Gang ${turn}${Date.now().toString(36)}`;
  await street.goto(new URL('/sim', simulator).href);
  await street.fill('input[name=author] >> nth=0', `warga_ukur_${turn}`);
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
    await waiting.waitFor({ timeout: 30_000 });
    counted = performance.now() - start;
    await inbox.keyboard.press('.');
    await Promise.race([waiting.waitFor({ state: 'hidden' }), row.waitFor()]);
  }
  return { counted, row: performance.now() - start };
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
try {
  const inbox = await (await browser.newContext({ locale: 'id-ID' })).newPage();
  const street = await (await browser.newContext({ locale: 'id-ID' })).newPage();
  await openInbox(inbox);
  const taken: { counted: number; row: number }[] = [];
  for (let turn = 1; turn <= Number(times); turn += 1) taken.push(await measured(inbox, street, turn));
  for (const what of ['counted', 'row'] as const) {
    const sorted = taken.map((one) => Math.round(one[what])).sort((a, b) => a - b);
    console.log(
      `${what}: median ${sorted[sorted.length >> 1]} ms, most ${sorted.at(-1)} ms (${sorted.join(' ')})`,
    );
  }
} finally {
  await browser.close();
}
