import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { TOTP } from 'otpauth';
import type { UserId } from '../../src/domain/ids.ts';
import { users } from '../../src/store/users.ts';
import { password } from '../support/api.ts';
import { chromiumPath } from '../support/browser.ts';
import {
  goOn,
  type OpenDesk,
  openDesk,
  phoneFaults,
  picture,
  seriousViolations,
} from '../support/desk-browser.ts';
import { seedDesk, seedJudgements } from '../support/desk-seed.ts';

const withBrowser = chromiumPath === null ? describe.skip : describe;

/** A loaded machine takes its time with several browsers. */
jest.setTimeout(180_000);

let desk: OpenDesk;

beforeAll(async () => {
  if (chromiumPath === null) return;
  desk = await openDesk();
  await seedDesk(desk.services, new Date());
});
afterAll(async () => {
  await desk?.[Symbol.asyncDispose]();
});

withBrowser('Pengaturan in Chromium', () => {
  test('a keyword shows what it would match before it is kept; a second person sees both texts', async () => {
    const at = '/pengaturan?bagian=pokok';
    await using mine = await desk.enter('petugas', { at });
    await using other = await desk.enter('penyetuju', { at });
    const pages = [mine.page, other.page];
    for (const page of pages) {
      await page.click('role=button[name="Ubah: Jalan rusak"]');
      await page.waitForSelector('role=dialog');
    }
    const add = async (page: (typeof pages)[number], word: string) => {
      await page.getByRole('dialog').getByLabel('Kata biasa').fill(word);
      await page.keyboard.press('Enter');
    };
    await add(mine.page, 'kubangan kebo');
    await mine.page.getByLabel('Coba dengan kalimat sendiri').fill('Ada kubangan kebo di jalan desa');
    await mine.page.waitForSelector('section[aria-label="Apa yang akan kena?"] .chip >> text=kena');
    await picture(mine.page, 'pengaturan-kata');
    await mine.page.click('role=button[name=Simpan]');
    await mine.page.waitForSelector('text=Berlaku mulai pesan berikutnya');

    await add(other.page, 'kubangan wedhus');
    await other.page.click('role=button[name=Simpan]');
    await other.page.waitForSelector('role=alert >> text=kubangan kebo');
    await picture(other.page, 'pengaturan-dua-teks');
    await other.page.click('role=button[name="Pertahankan tulisan saya"]');
    await other.page.waitForSelector('role=dialog >> text=kubangan wedhus');
    expect([...mine.wrong, ...other.wrong]).toEqual([]);
  });

  test('a portal’s file is looked at, its columns named once, tried and taken in, also while its officer is elsewhere; then the sheet for the portal is one click away', async () => {
    await using visit = await desk.enter('petugas', { bypassCSP: true, at: '/pengaturan?bagian=berkas' });
    const { page } = visit;
    const csv =
      'No Tiket;Tanggal Laporan;Judul;Keluhan;Status\n101;20/11/2026 09:15;Lampu;Lampu jalan mati;Entah\n';
    const chooser = page.waitForEvent('filechooser');
    await page.click('role=button[name="Berkas"]');
    await (await chooser).setFiles({ name: 'laporan.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.waitForSelector('text=Lampu jalan mati');
    await page.waitForSelector('role=alert >> text=tracking id, isi laporan');
    expect(await page.isDisabled('role=button[name="Uji coba"]')).toBe(true);

    const pick = async (field: string, option: string) => {
      await page.getByLabel(field).and(page.locator('input')).click();
      await page.getByRole('option', { name: option, exact: true }).click();
    };
    await page.click('role=button[name="Buat pemetaan"]');
    await page.getByLabel('Nama pemetaan').fill('Ekspor kantor');
    await pick('Nomor di portal', 'No Tiket');
    await pick('Isi laporan', 'Keluhan');
    await picture(page, 'pengaturan-pemetaan');
    await page.click('role=button[name="Simpan pemetaan"]');
    await page.waitForSelector('text=Dibaca dengan pemetaan "Ekspor kantor".');
    await page.click('role=button[name="Uji coba"]');
    await page.waitForSelector('text=1 dibaca · 0 baru · 0 diperbarui · 0 sama · 1 ditolak');
    await page.waitForSelector('text=Baris 2: status tidak dikenal: "Entah"');
    const download = page.waitForEvent('download');
    await page.click('text=Unduh baris yang ditolak (CSV)');
    expect((await download).suggestedFilename()).toBe('ditolak.csv');

    await page.click('role=button[name="Ubah pemetaan"]');
    await pick('"entah"', 'Tertunda');
    await page.click('role=button[name="Simpan pemetaan"]');
    // The file is read anew, and has to be tried anew.
    await page.waitForSelector('section[aria-label="Pemetaan kolom"]', { state: 'detached' });
    expect(await page.isDisabled('role=button[name=Impor]')).toBe(true);
    await page.click('role=button[name="Uji coba"]');
    await page.waitForSelector('text=1 dibaca · 1 baru · 0 diperbarui · 0 sama · 0 ditolak');
    await page.click('role=button[name=Impor]');
    await page.waitForSelector('article[aria-label="Impor: laporan.csv"]');
    await page.goto(`${desk.base}/meja/pengaturan?bagian=berkas`);
    await page.waitForSelector('article[aria-label="Impor: laporan.csv"] >> text=Selesai diimpor');
    expect(await page.getAttribute('text=Lembar input (XLSX)', 'href')).toContain(
      '/exports/portals/sp4n/sheet/xlsx',
    );
    expect(await seriousViolations(page, 'pengaturan-berkas')).toEqual([]);
    await picture(page, 'pengaturan-berkas');
    expect(visit.wrong).toEqual([]);
  });

  test('a receipt is in force when two others approved its exact text', async () => {
    const at = '/pengaturan?bagian=tanda-terima';
    await using writer = await desk.enter('petugas', { at });
    const receipt = 'section[aria-label="Di muka umum"]';
    await writer.page.click(`${receipt} >> text=Tulis teks baru`);
    await writer.page.fill(`${receipt} >> textarea`, 'Terima kasih, tercatat dengan nomor {nomor}.');
    await writer.page.click('role=button[name="Simpan teks"]');
    await writer.page.waitForSelector(`${receipt} >> text=menunggu persetujuan (0 dari 2)`);
    await using approver = await desk.enter('penyetuju', { at });
    await approver.page.click('role=button[name="Setujui teks ini"]');
    await approver.page.waitForSelector(`${receipt} >> text=menunggu persetujuan (1 dari 2)`);
    expect(await approver.page.isDisabled('role=button[name="Setujui teks ini"]')).toBe(true);
    await picture(approver.page, 'pengaturan-tanda-terima');
    expect([...writer.wrong, ...approver.wrong]).toEqual([]);
  });

  test('Klasifikasi: what was confused leads to its messages; a training can be stopped, a model used with a reason', async () => {
    await seedJudgements(desk.services);
    await using visit = await desk.enter('superadmin', { bypassCSP: true });
    const { page } = visit;
    await page.goto(`${desk.base}/meja/pengaturan?bagian=klasifikasi`);
    await page.waitForSelector('text=67% (8 dari 12)');
    await page.waitForSelector('text=belum cukup data (1 pesan)');
    await page.click('role=button[name="Latih sekarang"]');
    await page.waitForSelector('text=menunggu pekerja');
    await page.click('role=button[name="Hentikan pelatihan"]');
    await page.waitForSelector('text=dihentikan');
    await page.click('role=button[name=Pakai]');
    await page.waitForSelector('role=dialog');
    expect(await phoneFaults(page, 'pengaturan-pakai', '[role=dialog]')).toEqual([]);
    await page.getByLabel('Alasan').fill('Lebih tepat untuk jalan');
    await page.click('role=dialog >> role=button[name=Pakai]');
    await page.waitForSelector('text=Kembali ke sebelumnya');
    await page.waitForSelector('text=“Lebih tepat untuk jalan”');
    expect(await seriousViolations(page, 'pengaturan-klasifikasi')).toEqual([]);
    await page.click('text=DPUPR → seharusnya Dinas Kesehatan');
    await page.waitForSelector('.thread >> nth=3');
    expect(await page.locator('.thread').count()).toBe(4);
    expect(visit.wrong).toEqual([]);
  });

  test('its parts have no serious axe violation in either theme, and fit a phone', async () => {
    await using visit = await desk.enter('superadmin', { bypassCSP: true });
    const { page } = visit;
    const goTo = async (part: string) => {
      await goOn(page, `/pengaturan?bagian=${part}`);
      await page.waitForSelector(`.views a[aria-current][href$="=${part}"]`, { state: 'attached' });
    };
    // One screen draws all the lists; the longest ones take axe seconds and hold nothing else.
    for (const part of ['kantor', 'eskalasi']) {
      await goTo(part);
      await page.waitForSelector('.office-list');
      expect(await seriousViolations(page, `pengaturan-${part}`)).toEqual([]);
    }
    await page.click('text=Aturan penggolong');
    await page.waitForSelector('role=button[name="Ubah: jalan rusak"]');
    await picture(page, 'pengaturan-aturan');
    await page.click('role=button[name="Ubah: lampu-mati-jalan"]');
    await page.waitForSelector('role=dialog >> text=Menambah nilai');
    expect(await seriousViolations(page, 'pengaturan-aturan-isi')).toEqual([]);
    await page.keyboard.press('Escape');
    // What is added or changed on a phone: each kind of field once.
    await page.setViewportSize({ width: 390, height: 844 });
    const dialogs = [
      ['opd', 'Tambah'],
      ['tempat', 'Ubah: Colomadu (kecamatan)'],
      ['templat', 'Lihat: Tanda terima'],
      ['batas', 'Ubah: Verifikasi · semua jenis'],
      ['eskalasi', 'Ubah: 07:30–16:00 WIB'],
      ['pengguna', 'Tambah pengguna'],
    ] as const;
    const found: string[] = [];
    for (const [part, button] of dialogs) {
      await goTo(part);
      await page.locator(`role=button[name="${button}"]`).first().click();
      await page.waitForSelector('[role=dialog] input');
      const faults = await phoneFaults(page, `pengaturan-${part}-isi`, '[role=dialog]');
      found.push(...faults.map((fault) => `${part} ${fault}`));
    }
    expect(found).toEqual([]);
    await goTo('pokok');
    await page.waitForSelector('.office-list');
    await picture(page, 'pengaturan-telepon');
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    expect(wide).toBeLessThanOrEqual(390);
  });

  test('who is to be locked out is named and asked about first', async () => {
    await using visit = await desk.enter('superadmin', {
      bypassCSP: true,
      at: '/pengaturan?bagian=pengguna',
    });
    const { page } = visit;
    const row = page.locator('tr', { hasText: 'admin.dinkes' });
    const disabledAt = async () =>
      (await users(desk.services.db).findOne({ _id: 'admin.dinkes' as UserId }))?.disabledAt;
    await row.getByRole('button', { name: 'Nonaktifkan' }).click();
    await page.waitForSelector('role=dialog >> text=tidak dapat diurungkan');
    expect(await seriousViolations(page, 'pengaturan-nonaktifkan')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.waitForSelector('role=dialog', { state: 'detached' });
    expect(await disabledAt()).toBeNull();
    await row.getByRole('button', { name: 'Nonaktifkan' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Nonaktifkan' }).click();
    await row.getByText('nonaktif', { exact: true }).waitFor();
    expect(await disabledAt()).toBeInstanceOf(Date);
    expect(visit.wrong).toEqual([]);
  });

  test('Akun saya: an authenticator by its picture, then the login asks for a code; other sessions can be ended', async () => {
    await using visit = await desk.enter('analis');
    const { page } = visit;
    await page.click('text=Orang analis');
    await page.click('text=Akun saya');
    await page.waitForURL('**/meja/akun');
    await page.getByLabel('Kata sandi Anda').fill(password);
    await page.click('role=button[name="Pasang autentikator"]');
    await page.waitForSelector('svg[aria-label^="Gambar QR"]');
    await picture(page, 'akun-qr');
    const totp = new TOTP({ secret: (await page.textContent('.factor-secret')) ?? '' });
    await page.getByLabel('Kode enam angka').fill(totp.generate());
    await page.click('role=button[name=Nyalakan]');
    await page.waitForSelector('text=Catat kode cadangan ini');
    await page.click('role=button[name="Sudah saya catat"]');
    await page.waitForSelector('text=Kode cadangan yang tersisa: 10');
    expect(visit.wrong).toEqual([]);

    await using other = await desk.enter(null, { bypassCSP: true });
    await other.page.goto(`${desk.base}/meja/masuk`);
    await other.page.fill('input[name=nama]', 'analis');
    await other.page.fill('input[name=sandi]', password);
    await other.page.click('button[type=submit]');
    await other.page.fill('input[name=kode]', totp.generate({ timestamp: Date.now() + 30_000 }));
    await other.page.click('button[type=submit]');
    await other.page.waitForSelector('nav.rail');
    await other.page.goto(`${desk.base}/meja/akun`);
    await other.page.click('role=button[name=Akhiri]');
    await other.page.waitForSelector('role=button[name=Akhiri]', { state: 'detached' });
    expect(await seriousViolations(other.page, 'akun')).toEqual([]);
    await page.reload();
    await page.waitForURL('**/meja/masuk**');
  });
});
