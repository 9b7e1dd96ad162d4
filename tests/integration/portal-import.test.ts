/** From a portal's file to cases, and from the approved answer back to the one who carries it over. */
import { copyFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import excel from 'exceljs';
import { CappedError, runCapped } from '../../src/children/run-capped.ts';
import { readZipDirectory, whyNotUnpack } from '../../src/children/zip-directory.ts';
import { MINUTE } from '../../src/core/clock.ts';
import type { RefusedError } from '../../src/core/errors.ts';
import type { MentionId } from '../../src/domain/ids.ts';
import { readCells } from '../../src/importing/read-import.ts';
import { importFile, importPortalRow } from '../../src/joins/import.ts';
import { importWaiting } from '../../src/joins/watched-folder.ts';
import { startPortalSimulator } from '../../src/simulators/portal/index.ts';
import { cases } from '../../src/store/cases.ts';
import { channels } from '../../src/store/channels.ts';
import { listImportFiles } from '../../src/store/import-files.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { openSiteOffice } from '../support/site-office.ts';

const header = [
  'Tracking ID',
  'Tanggal Laporan',
  'Judul Laporan',
  'Isi Laporan',
  'Kategori',
  'Klasifikasi',
  'Sumber',
  'Instansi Tujuan',
  'Status',
];
const row = (id: string, status: string, part: { date?: string; agency?: string; text?: string } = {}) => [
  id,
  part.date ?? '20/11/2026 09:15',
  'Lampu jalan mati',
  part.text ?? 'Lampu penerangan jalan di Papahan Tasikmadu mati sejak seminggu, gelap sekali.',
  'Infrastruktur',
  'Pengaduan',
  'Aplikasi',
  part.agency ?? 'Dinas Perhubungan Kabupaten Karanganyar',
  status,
];

async function inFolder<Result>(work: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = await mkdtemp(path.join(tmpdir(), 'tanggap-portal-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function writeXlsx(file: string, rows: readonly (readonly unknown[])[]): Promise<void> {
  const book = new excel.stream.xlsx.WorkbookWriter({ filename: file });
  const sheet = book.addWorksheet('Laporan Ringkas');
  for (const cells of rows) sheet.addRow([...cells]).commit();
  sheet.commit();
  await book.commit();
}

const options = { source: 'x', portal: 'sp4n', dryRun: false } as const;

test('an SP4N export becomes cases of its channel; the next export updates them by tracking id', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  await inFolder(async (dir) => {
    const file = path.join(dir, 'laporan.xlsx');
    const refused: string[] = [];
    await writeXlsx(file, [
      header,
      row('101', 'Belum Diverifikasi'),
      row('102', 'Proses', { agency: 'Balai Antah Berantah' }),
      row('103', 'Proses', { date: '' }),
    ]);
    const dry = await importFile(office.services, file, { ...options, dryRun: true });
    expect(dry).toMatchObject({ read: 3, added: 2, refused: 1 });
    expect(await cases(db).countDocuments()).toBe(0);
    const first = await importFile(office.services, file, {
      ...options,
      onRefused: (line, reason) => refused.push(`${line}: ${reason}`),
    });
    expect(first).toMatchObject({ read: 3, added: 2, refused: 1 });
    expect(refused).toEqual(['4: tanggal masuk kosong']);
    const stored = await cases(db).find().sort({ 'imported.externalId': 1 }).toArray();
    expect(stored).toMatchObject([
      {
        platform: 'sp4n',
        channelId: 'sp4n-karanganyar',
        state: 'baru',
        agency: 'DISHUB',
        imported: { source: 'sp4n', externalId: '101' },
        place: { kecamatan: 'Tasikmadu' },
      },
      { state: 'proses', history: [{ note: 'Instansi menurut berkas: Balai Antah Berantah' }] },
    ]);
    // The classifier's word where the file's is none of ours.
    expect(stored[1]?.agency).toBe('DISHUB');

    await writeXlsx(file, [
      header,
      row('101', 'Selesai'),
      row('102', 'Proses', { agency: 'Balai Antah Berantah' }),
      row('104', 'Tertunda'),
    ]);
    expect(await importFile(office.services, file, options)).toMatchObject({
      added: 1,
      updated: 1,
      unchanged: 1,
    });
    expect(await cases(db).findOne({ 'imported.externalId': '101' })).toMatchObject({ state: 'selesai' });
    expect(await channels(db).findOne({ _id: 'sp4n-karanganyar' as never })).toMatchObject({
      lastSuccessAt: office.clock.now(),
    });
  });
});

// Planted: settlePortalAnswers left out of the import → there is no draft.
test('a report on a portal: the answer is drafted, approved, carried over by hand; what the portal answered itself is not', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const sim = await mkdtemp(path.join(tmpdir(), 'tanggap-sapamas-'));
  const exportTo = String(office.services.config.importDir);
  await using portal = await startPortalSimulator('sapamas', { dir: sim, clock: office.clock, exportTo });
  const take = async () => {
    await portal.exported();
    return importWaiting(office.services, new AbortController().signal, Number.NEGATIVE_INFINITY);
  };
  const text = 'Lampu penerangan jalan di Papahan Tasikmadu mati sejak seminggu, mohon diperbaiki.';
  const first = portal.write({ author: 'SAPAMAS-0418-SIM', text });
  const second = portal.write({ author: 'warga_sim', text: text.replace('Lampu', 'Semua lampu') });
  expect(await take()).toBe(1);
  const [one, other] = await cases(db).find().sort({ 'imported.externalId': 1 }).toArray();
  expect(one).toMatchObject({ platform: 'sapamas', state: 'baru', imported: { externalId: first.nativeId } });

  const { approved, marked } = await office.answerByHand(
    one?.rootMentionId as MentionId,
    `Aduan ${one?._id}: lampu diganti hari ini.`,
  );
  expect(approved.state).toBe('approved');
  expect(marked).toMatchObject({ state: 'sent', sent: { by: 'hand' } });
  // As an officer types it into the portal; the next export says so.
  portal.writeAsOffice({ text: approved.text, parentNativeId: first.nativeId });
  portal.writeAsOffice({ text: 'Sudah kami jawab di sini.', parentNativeId: second.nativeId });
  office.clock.advance(MINUTE);
  expect(await take()).toBe(1);
  expect(await cases(db).findOne({ _id: one?._id as never })).toMatchObject({
    state: 'dijawab',
    answeredBy: 'tanggap',
  });
  expect(await cases(db).findOne({ _id: other?._id as never })).toMatchObject({
    state: 'selesai',
    answeredBy: 'luar',
  });
  expect(await replies(db).find().sort({ createdAt: 1 }).toArray()).toMatchObject([
    { caseId: one?._id, state: 'sent' },
    { caseId: other?._id, state: 'withdrawn' },
  ]);
  await rm(sim, { recursive: true });
});

test('a bridge hands over one row; its answer is by hand, with the approved text', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const cells = Object.fromEntries(header.map((name, index) => [name, row('7', 'Disposisi')[index]]));
  expect(await importPortalRow(office.services, 'sp4n', cells)).toMatchObject({ added: 1 });
  expect(await importPortalRow(office.services, 'sp4n', cells)).toMatchObject({ added: 0, unchanged: 1 });
  expect(await importPortalRow(office.services, 'sp4n', { id: '8' })).toMatchObject({ refused: 1 });
  const mention = await mentions(db).findOne();
  const connector = office.services.connectors.get('sp4n-karanganyar' as never);
  expect(mention?.channelId).toBe('sp4n-karanganyar');
  expect(connector?.capability({} as never)).toMatchObject({ by: 'hand' });
});

async function wordsOf(file: string): Promise<string> {
  try {
    for await (const _ of readCells(file));
    return 'read';
  } catch (error) {
    return (error as RefusedError).words?.id ?? String(error);
  }
}

test('old Excel files, web pages and broken or huge zips are refused in words, whatever their name', async () => {
  await inFolder(async (dir) => {
    const write = async (name: string, body: string | Buffer) => {
      await writeFile(path.join(dir, name), body);
      return wordsOf(path.join(dir, name));
    };
    expect(await write('a.xlsx', Buffer.from('d0cf11e0a1b11ae1aaaa', 'hex'))).toContain('Excel lama (.xls)');
    expect(await write('b.xlsx', '<html><table><tr><td>1</td></tr></table></html>')).toContain('tabel HTML');
    expect(await write('c.csv', ' <!DOCTYPE html><table>')).toContain('tabel HTML');
    expect(await write('d.xlsx', 'PK nothing')).toContain('bukan .xlsx yang utuh');
    expect(await write('e.ods', 'x')).toContain('.csv, .xlsx atau .jsonl');
  });
  expect(whyNotUnpack({ entries: 12, packed: 800_000, unpacked: 2_000_000_000 })).toContain('terlalu besar');
});

test('a sheet of many rows is read a row at a time, and a child that grows or lasts too long is killed', async () => {
  await inFolder(async (dir) => {
    const file = path.join(dir, 'banyak.xlsx');
    const many = 20_000;
    await writeXlsx(file, [header, ...Array.from({ length: many }, (_, n) => row(String(n), 'Proses'))]);
    const contents = await readZipDirectory(file);
    expect(contents?.unpacked).toBeGreaterThan(1_000_000);
    const before = process.memoryUsage().rss;
    let rows = 0;
    for await (const { cells } of readCells(file)) if (cells !== null) rows += 1;
    expect(rows).toBe(many);
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
    const starved = async (caps: { memoryMib: number; ms: number }) => {
      try {
        for await (const _ of runCapped('spreadsheet', [file], caps));
        return null;
      } catch (error) {
        return error;
      }
    };
    expect(await starved({ memoryMib: 60, ms: 60_000 })).toEqual(new CappedError('dihentikan: memori'));
    expect(await starved({ memoryMib: 512, ms: 50 })).toEqual(new CappedError('dihentikan: waktu'));
  });
});

// Planted: the claim made without its filter → both readers take the file in.
test('files of the watched folder are taken in once, whole, and lie in "selesai" or "gagal" with what was refused', async () => {
  await using office = await openSiteOffice();
  const { services } = office;
  const { db } = services.database;
  const folder = path.join(String(services.config.importDir), 'sp4n');
  const { signal } = new AbortController();
  expect(await importWaiting(services, signal)).toBe(0);
  const put = async (name: string, rows: readonly (readonly unknown[])[], agoMs: number) => {
    await writeXlsx(path.join(folder, name), rows);
    const at = new Date(office.clock.now().getTime() - agoMs);
    await utimes(path.join(folder, name), at, at);
  };
  await put('laporan.xlsx', [header, row('101', 'Baru'), row('102', 'Proses', { date: '' })], 60_000);
  await put('masih-ditulis.xlsx', [header, row('103', 'Baru')], 1_000);
  await put('laporan.xlsx.part', [header, row('104', 'Baru')], 60_000);
  await writeFile(path.join(folder, 'surat.pdf'), 'bukan lembar');
  await utimes(path.join(folder, 'surat.pdf'), 1, 1);
  const taken = await Promise.all([importWaiting(services, signal), importWaiting(services, signal)]);
  expect(taken.sort()).toEqual([0, 1]);
  expect((await cases(db).find().toArray()).map((one) => one.imported?.externalId)).toEqual(['101']);
  const inside = async (inner: string) => (await readdir(path.join(folder, inner))).sort();
  expect(await inside('.')).toEqual(['gagal', 'laporan.xlsx.part', 'masih-ditulis.xlsx', 'selesai']);
  const [kept, refused] = await inside('selesai');
  expect(kept).toMatch(/^20261124-100000-[0-9a-f]{6}-laporan\.xlsx$/);
  expect(refused).toBe(`${kept}.ditolak.csv`);
  expect(await readFile(path.join(folder, 'selesai', String(refused)), 'utf8')).toContain(
    '3,tanggal masuk kosong',
  );
  const [failed, why] = await inside('gagal');
  expect(failed).toMatch(/-surat\.pdf$/);
  expect(await readFile(path.join(folder, 'gagal', String(why)), 'utf8')).toContain('Hanya berkas .csv');

  // The same bytes under another name are not read again; what is whole by now is.
  await copyFile(path.join(folder, 'selesai', String(kept)), path.join(folder, 'lagi.xlsx'));
  office.clock.advance(MINUTE);
  await utimes(path.join(folder, 'lagi.xlsx'), 1, 1);
  expect(await importWaiting(services, signal)).toBe(1);
  expect(await inside('.')).toEqual(['gagal', 'laporan.xlsx.part', 'selesai']);
  const files = await listImportFiles(db, 10);
  expect(files.toSorted((one, other) => one.name.localeCompare(other.name))).toMatchObject([
    { name: 'laporan.xlsx', state: 'done', counts: { read: 2, added: 1, refused: 1 } },
    { name: 'masih-ditulis.xlsx', state: 'done', counts: { added: 1 } },
    { name: 'surat.pdf', state: 'failed' },
  ]);
});
