import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { cases } from '../../src/store/cases.ts';
import { replies } from '../../src/store/replies.ts';
import { chromiumPath } from '../support/browser.ts';
import { type OpenDesk, openDesk, picture, seriousViolations } from '../support/desk-browser.ts';
import { seedChannels, seedTrends } from '../support/desk-seed.ts';
import { aReply, aTarget, budi, sari } from '../support/reply-builders.ts';

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
    await using visit = await desk.enter('analis', { acceptDownloads: true, at: '/tren' });
    const { page } = visit;
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
    // What the link narrows to is said there, and can be taken away one by one.
    await page.click('.filters button[aria-label="Hapus saringan Kecamatan: Colomadu"]');
    await page.waitForURL(({ searchParams }) => !searchParams.has('kecamatan'));
    await page.waitForSelector('.filters >> text=/Pokok aduan: /');
    expect(visit.wrong).toEqual([]);
  });

  test('every chart has a table twin and a file, all of it in the address, and a click finds the same number', async () => {
    await using visit = await desk.enter('analis', {
      acceptDownloads: true,
      at: '/tren?tabel=hari,opd,pokok,kanal,kecamatan,jam&banding=ya',
    });
    const { page } = visit;
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
      at: '/tren?banding=ya',
    });
    const { page } = visit;
    await page.waitForSelector('.hours');
    await page.click('.rising summary >> nth=0');
    await page.waitForSelector('.rising q');
    expect(await seriousViolations(page, 'tren')).toEqual([]);
    await page.setViewportSize({ width: 375, height: 3600 });
    const sideways = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(sideways)).toBe(0);
    await picture(page, 'tren-telepon');
  });

  test('the leader’s report: up to this minute, on one sheet, as text, as a file, and there again under its number', async () => {
    await using visit = await desk.enter('pimpinan', {
      acceptDownloads: true,
      permissions: ['clipboard-read', 'clipboard-write'],
      at: '/laporan',
    });
    const { page } = visit;
    await page.click('role=button[name="28 hari"]');
    await page.click('role=button[name=/Susun laporan/]');
    await page.waitForSelector('.sheet');
    const sheet = (await page.textContent('.sheet')) ?? '';
    // How many fall into the 28 days depends on the hour.
    const [, all = '', before = ''] = sheet.match(/Aduan masuk(\d+)▲ naik dari (\d+)/) ?? [];
    expect(Number(all)).toBeGreaterThan(60);
    expect(sheet).toContain('2 rahasia (hanya jumlah)');
    expect(sheet).toMatch(/Sedang ramai: Penerangan jalan umum, Colomadu: 16 \(biasanya/);
    expect(sheet).toMatch(/Instagram karanganyar_sim: terputus/);
    expect(sheet).toMatch(/Data s\.d\. \d+ \w+ \d{4}, \d\d\.\d\d WIB/);
    expect(sheet).toContain('DATA SIMULASI');
    await page.click('role=button[name="Salin teks"]');
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain(`Aduan masuk: *${all}* (naik dari ${before})`);
    const rows = parse(await saved(page, 'a:has-text("Unduh CSV")'), { columns: true, bom: true });
    expect(rows).toContainEqual(expect.objectContaining({ bagian: 'Aduan', nama: 'masa ini', masuk: all }));
    const pdf = await page.pdf({ path: 'screenshots/laporan.pdf', preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.setViewportSize({ width: 794, height: 1123 });
    await picture(page, 'laporan-cetak');
    await page.reload();
    await page.waitForSelector('.sheet');
    expect(await page.textContent('.sheet')).toBe(sheet);
    expect(visit.wrong).toEqual([]);
  });

  test('a trainee decides a message of the story and is told why he got his points', async () => {
    await using visit = await desk.enter('petugas', { bypassCSP: true });
    const { page } = visit;
    await page.click('nav.rail >> text=Mode latihan');
    await page.waitForSelector('form select');
    await page.selectOption('form select >> nth=0', 'pengaduan');
    await page.selectOption('form select >> nth=1', '-');
    await page.fill('form textarea:not([aria-hidden])', 'Terima kasih, kami teruskan.');
    expect(await seriousViolations(page, 'latihan')).toEqual([]);
    await page.click('form button[type=submit]');
    await page.waitForSelector('.detail-pane [role=status]');
    expect(await page.locator('.detail-pane tbody tr').count()).toBe(5);
    expect(await page.textContent('.detail-pane tbody')).toMatch(/OPD.*Yang berwenang|OPD.*Tidak ada OPD/s);
    expect(await seriousViolations(page, 'latihan-hasil')).toEqual([]);
    await page.click('role=button[name="Pesan berikutnya"]');
    await page.waitForSelector('text=/Pesan 2 dari/');
    expect(visit.wrong).toEqual([]);
  });

  test('a draft that came back is a lesson: what was wrong? then what the approver said', async () => {
    const { db } = desk.services;
    const [one] = await cases(db).find({ secret: false }).limit(1).toArray();
    const note = 'Jangan "mohon bersabar": sebutkan kapan ditambal.';
    await replies(db).insertOne(
      aReply('latihan', {
        caseId: one!._id,
        target: aTarget('latihan', { mentionId: one!.rootMentionId }),
        state: 'sent',
        open: false,
        text: 'Mohon maaf menunggu lama. Jalan ditambal Senin, 30 November 2026.',
        earlier: [{ revision: 1, text: 'Mohon bersabar, sudah dijelaskan.', by: sari, at: new Date() }],
        history: [{ at: new Date(0), by: budi, from: 'submitted', to: 'changes_requested', note }],
      }),
    );
    await using visit = await desk.enter('petugas', { bypassCSP: true, at: '/latihan' });
    const { page } = visit;
    const section = page.locator('section[aria-label="Draf yang dikembalikan"]');
    await section.getByText('Mohon bersabar, sudah dijelaskan.').waitFor();
    expect(await section.textContent()).not.toContain(note);
    await section.getByRole('button', { name: 'Lihat alasannya' }).click();
    expect(await section.locator('[role=status]').textContent()).toContain(note);
    expect(await section.textContent()).toContain('ditambal Senin');
    await section.scrollIntoViewIfNeeded();
    await picture(page, 'latihan-dikembalikan');
    expect(await seriousViolations(page, 'latihan-dikembalikan')).toEqual([]);
    expect(visit.wrong).toEqual([]);
  });
});
