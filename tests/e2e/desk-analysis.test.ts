import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { chromiumPath } from '../support/browser.ts';
import { type OpenDesk, openDesk, picture, seriousViolations } from '../support/desk-browser.ts';
import { seedChannels, seedTrends } from '../support/desk-seed.ts';

const withBrowser = chromiumPath === null ? describe.skip : describe;

/** A loaded machine takes its time with several browsers. */
jest.setTimeout(180_000);

let desk: OpenDesk;

beforeAll(async () => {
  if (chromiumPath === null) return;
  desk = await openDesk();
  const now = new Date();
  await seedChannels(desk.services, now);
  await seedTrends(desk.services, now);
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

/** The number that the inbox shows for the view "Semua aduan". */
async function inboxCount(page: Page): Promise<string> {
  const view = page.locator('.views a[aria-current]');
  await view.locator('.count >> text=/^[0-9]/').waitFor();
  expect(await view.textContent()).toContain('Semua aduan');
  return (await view.locator('.count').textContent()) ?? '';
}

/** What a click on `link` saves. */
async function saved(page: Page, link: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.click(link)]);
  return readFile(await download.path(), 'utf8');
}

withBrowser('the analyst in Chromium', () => {
  test('finds the spike in three clicks: its members in the inbox, masked, with the same number, and exports them', async () => {
    await using visit = await desk.enter('analis', { acceptDownloads: true });
    const { page } = visit;
    await page.goto(`${desk.base}/meja/tren`);
    const card = page.locator('.spike').first();
    await card.waitFor();
    expect(await card.textContent()).toMatch(/Colomadu: 14 dalam 24 j \(biasanya 0,1\)/);
    await picture(page, 'tren');

    await card.getByRole('button', { name: 'Lihat aduannya' }).click();
    await card.locator('q').first().waitFor();
    const examples = (await card.textContent()) ?? '';
    expect(examples).toContain('Lampu jalan padam');
    expect(examples).not.toMatch(/08123456/);

    const rows = parse(await saved(page, '.spike a:has-text("CSV")'), { columns: true, bom: true });
    expect(rows).toHaveLength(14);

    await card.getByRole('button', { name: 'Tulis catatan' }).click();
    await card.locator('textarea').first().fill('Gardu padam, PLN sudah diberi tahu');
    await card.getByRole('button', { name: 'Simpan catatan' }).click();
    await page.waitForSelector('.examples .citizen >> text=Gardu padam');

    await card.getByRole('button', { name: 'Lihat aduannya' }).click();
    await card.getByRole('link', { name: /Buka 14 di Kotak Masuk/ }).click();
    await page.waitForURL('**/kotak-masuk?**');
    expect(await inboxCount(page)).toBe('14');
    expect(visit.wrong).toEqual([]);
  });

  test('every chart has a table twin and a file, all of it in the address, and a click finds the same number', async () => {
    await using visit = await desk.enter('analis', { acceptDownloads: true });
    const { page } = visit;
    await page.goto(`${desk.base}/meja/tren?tabel=hari,opd,pokok,kanal,kecamatan,jam&banding=ya`);
    await page.waitForSelector('.chart table');
    expect(await page.locator('[data-chart] table').count()).toBe(6);
    await picture(page, 'tren-tabel');
    const file = await saved(page, '[data-chart=opd] button:has-text("CSV")');
    const table = parse(file, { bom: true }) as string[][];
    const shown = await page.locator('[data-chart=opd] tbody tr').count();
    expect(table).toHaveLength(1 + shown);
    await page.click('[data-chart=opd] button:has-text("Tabel")');
    await page.waitForURL((url) => url.searchParams.get('tabel') === 'hari,pokok,kanal,kecamatan,jam');
    const bar = page.locator('.bars li').first();
    const count = (await bar.locator('.number').textContent())?.match(/\d+/)?.[0];
    await bar.locator('a').click();
    await page.waitForURL('**/kotak-masuk?**');
    expect(await inboxCount(page)).toBe(count);
    await page.goBack();
    await page.waitForSelector('[data-chart=jam] table');
    expect(visit.wrong).toEqual([]);
  });

  test('Tren passes axe in both themes, and fits a phone', async () => {
    await using visit = await desk.enter('analis', {
      bypassCSP: true,
      // The whole page on one picture.
      viewport: { width: 1366, height: 2400 },
    });
    const { page } = visit;
    await page.goto(`${desk.base}/meja/tren?banding=ya`);
    await page.waitForSelector('.hours');
    await page.click('.rising summary >> nth=0');
    await page.waitForSelector('.rising q');
    expect(await seriousViolations(page, 'tren')).toEqual([]);
    await page.setViewportSize({ width: 375, height: 3600 });
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(sideways)).toBe(0);
    await picture(page, 'tren-telepon');
  });
});
