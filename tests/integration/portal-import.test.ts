/** From a portal's file to cases, and from the approved answer back to the one who carries it over. */
import { once } from 'node:events';
import { copyFile, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { createDeflateRaw } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { createRouterClient } from '@orpc/server';
import { parse } from 'csv-parse/sync';
import excel from 'exceljs';
import { createUser } from '../../src/accounts/accounts.ts';
import { login } from '../../src/accounts/login.ts';
import { router } from '../../src/api/routes/router.ts';
import { CappedError, runCapped } from '../../src/children/run-capped.ts';
import { readZipDirectory, whyNotUnpack } from '../../src/children/zip-directory.ts';
import { MINUTE } from '../../src/core/clock.ts';
import type { RefusedError } from '../../src/core/errors.ts';
import { wasForwarded } from '../../src/domain/case.ts';
import { type PortalId, portalIds } from '../../src/domain/elsewhere.ts';
import { systemUser, type UserId } from '../../src/domain/ids.ts';
import type { User } from '../../src/domain/user.ts';
import { readCells } from '../../src/importing/read-import.ts';
import { readXlsx } from '../../src/importing/read-xlsx.ts';
import { importFile, importPortalRow } from '../../src/joins/import.ts';
import { importWaiting } from '../../src/joins/watched-folder.ts';
import { startPortalSimulator } from '../../src/simulators/portal/index.ts';
import { cases } from '../../src/store/cases.ts';
import { channels } from '../../src/store/channels.ts';
import { listImportFiles } from '../../src/store/import-files.ts';
import { mentions } from '../../src/store/mentions.ts';
import { replies } from '../../src/store/replies.ts';
import { until } from '../support/e2e-until.ts';
import { openSiteOffice, type SiteOffice, siteOrigin } from '../support/site-office.ts';

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

/** The desk's own routes, as a petugas. */
function deskOf({ deps }: SiteOffice) {
  const user: User = {
    ...{ _id: 'sari' as UserId, name: 'Sari', role: 'petugas', agency: null },
    ...{ mayPublish: true, demo: false, disabledAt: null },
  };
  const context = { deps, user, token: null, address: 'test', keepToken: () => {} };
  const client = createRouterClient(router, { context });
  const rowsOf = async (body: unknown) =>
    parse(await text(body as Readable), { columns: true, bom: true }) as Record<string, string>[];
  return {
    client,
    answers: async (portal: PortalId, carried: 'true' | 'false' = 'false') =>
      rowsOf((await client.exports.portalAnswers({ portal, format: 'csv', carried })).body),
    sheet: async (entered: 'true' | 'false' = 'false') =>
      rowsOf((await client.exports.portalSheet({ portal: 'sp4n', format: 'csv', entered })).body),
  };
}

// Planted: settlePortalAnswers left out of the import → there is no draft.
test('a report on each portal becomes a case; its answer is drafted, approved, in the list to carry back, carried over and marked; what the portal answered itself is not', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const desk = deskOf(office);
  const exportTo = String(office.services.config.importDir);
  const words = 'Lampu penerangan jalan di Papahan Tasikmadu mati sejak seminggu, mohon diperbaiki.';
  for (const id of portalIds) {
    const sim = await mkdtemp(path.join(tmpdir(), 'tanggap-portal-sim-'));
    await using portal = await startPortalSimulator(id, { dir: sim, clock: office.clock, exportTo });
    const take = async () => {
      await portal.exported();
      return importWaiting(office.services, new AbortController().signal, Number.NEGATIVE_INFINITY);
    };
    const first = portal.write({ author: 'warga_sim', text: words });
    const second = portal.write({ author: 'warga_lain_sim', text: words.replace('Lampu', 'Semua lampu') });
    expect(await take()).toBe(1);
    const [one, other] = await cases(db).find({ platform: id }).sort({ 'imported.externalId': 1 }).toArray();
    if (!one || !other) throw new Error('no cases');
    expect(one).toMatchObject({ answeredAt: null, imported: { externalId: first.nativeId } });

    const approved = await office.approve(one.rootMentionId, `Aduan ${one._id}: lampu diganti hari ini.`);
    const waiting = { nomor_portal: first.nativeId, nomor: one._id, jawaban: approved.text };
    expect(await desk.answers(id)).toMatchObject([{ ...waiting, dibawa: 'menunggu dibawa' }]);
    // As an officer types it into the portal, where the citizen reads it; the next export says so.
    portal.writeAsOffice({ text: approved.text, parentNativeId: first.nativeId });
    expect(await office.markByHand(approved)).toMatchObject({ state: 'sent', sent: { by: 'hand' } });
    expect(await desk.answers(id)).toEqual([]);
    expect(await desk.answers(id, 'true')).toMatchObject([{ ...waiting, dibawa: 'sudah dibawa' }]);
    portal.writeAsOffice({ text: 'Sudah kami jawab di sini.', parentNativeId: second.nativeId });
    office.clock.advance(MINUTE);
    // One file or two: what was written in one turn comes in one.
    expect(await take()).toBeGreaterThan(0);
    const after = await cases(db).find({ platform: id }).sort({ 'imported.externalId': 1 }).toArray();
    expect(after).toMatchObject([
      { state: 'dijawab', answeredBy: 'tanggap' },
      { state: 'selesai', answeredBy: 'luar' },
    ]);
    const ofPortal = { caseId: { $in: [one._id, other._id] } };
    expect(await replies(db).find(ofPortal).sort({ caseId: 1 }).toArray()).toMatchObject([
      { caseId: one._id, state: 'sent' },
      { caseId: other._id, state: 'withdrawn' },
    ]);
    await rm(sim, { recursive: true });
  }
});

// Planted: sortRows calls every row one of its own → the second import opens a case (and the index refuses it).
// Planted: `elsewhere_once` without `unique` → the number of another case is taken.
test('a case entered in SP4N leaves the input sheet, is found by its number there, and is never doubled by the next export', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const desk = deskOf(office);
  const isi = 'Lampu penerangan jalan di depan pasar desa mati sejak seminggu, gelap sekali kalau malam.';
  for (const text of [isi, isi.replace('Lampu', 'Semua lampu')])
    await office.post('/lapor', {
      ...{ jenis: 'pengaduan', isi: text, kecamatan: 'Tasikmadu', setuju: 'ya' },
      cap: await office.stamp(),
    });
  const [one, other] = await cases(db).find().sort({ _id: 1 }).toArray();
  if (!one || !other) throw new Error('no cases');
  const sheet = await desk.sheet();
  expect(Object.keys(sheet[0] ?? {}).slice(0, 8)).toEqual([
    ...['Klasifikasi Laporan', 'Judul Laporan', 'Isi Laporan', 'Tanggal Kejadian', 'Lokasi Kejadian'],
    ...['Instansi Tujuan', 'Kategori Laporan', 'Anonim / Rahasia'],
  ]);
  expect(sheet.find((row) => row['Nomor Tanggap'] === one._id)).toMatchObject({
    'Klasifikasi Laporan': 'Pengaduan',
    'Isi Laporan': isi,
    'Lokasi Kejadian': 'Kecamatan Tasikmadu',
    'Tracking ID': '',
  });

  const enter = (number: string, version: number, externalId: string | null) =>
    desk.client.cases.setElsewhere({ number, portal: 'sp4n', version, externalId });
  expect(await enter(one._id, one.version, '#1916449')).toMatchObject({
    elsewhere: [{ source: 'sp4n', externalId: '1916449', state: null }],
  });
  await expect(enter(other._id, other.version, '1916449')).rejects.toMatchObject({
    code: 'conflict',
    words: { id: expect.stringContaining(one._id) },
  });
  expect((await desk.sheet()).map((row) => row['Nomor Tanggap'])).toEqual([other._id]);
  expect(await desk.client.threads.count({ view: 'aduan', missingIn: 'sp4n' })).toMatchObject({ count: 1 });
  const found = await desk.client.threads.list({ q: '1916449', limit: '10' });
  expect(found.rows.map((row) => row.caseNumber)).toEqual([one._id]);

  await inFolder(async (dir) => {
    const file = path.join(dir, 'laporan.xlsx');
    await writeXlsx(file, [header, row('1916449', 'Proses'), row('1916450', 'Proses')]);
    expect(await importFile(office.services, file, { ...options, dryRun: true })).toMatchObject({
      ...{ added: 1, updated: 1, refused: 0 },
    });
    expect(await importFile(office.services, file, options)).toMatchObject({ added: 1, updated: 1 });
    expect(await importFile(office.services, file, options)).toMatchObject({ updated: 0, unchanged: 2 });
  });
  expect(await cases(db).countDocuments()).toBe(3);
  expect(await mentions(db).countDocuments({ platform: 'sp4n' })).toBe(1);
  const entered = await cases(db).findOne({ _id: one._id });
  expect(entered).toMatchObject({ state: 'baru', elsewhere: [{ externalId: '1916449', state: 'proses' }] });
  // Answered to the citizen here; the portal still waits for it.
  expect(await office.answer(one.rootMentionId, 'Lampu sudah kami ganti, matur nuwun.')).toBe('sent');
  expect(await desk.answers('sp4n')).toMatchObject([
    { nomor_portal: '1916449', nomor: one._id, status_di_portal: 'Proses', dibawa: 'menunggu dibawa' },
  ]);
  // A slip of the pen is taken back, and the number is free again.
  const now = await cases(db).findOne({ _id: one._id });
  expect(await enter(one._id, now?.version ?? 0, null)).toMatchObject({ elsewhere: [] });
  expect(await desk.client.threads.list({ q: '1916449', limit: '10' })).toMatchObject({ rows: [] });
  expect(await enter(other._id, other.version, '1916449')).toMatchObject({ elsewhere: [{ source: 'sp4n' }] });
});

// Planted: takeBackReworded left out → the approval holds, and the officer carries an answer to a question nobody asks.
test('a row that comes again with other words takes back what was approved for it, keeps its earlier words, and counts as updated', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  await inFolder(async (dir) => {
    const file = path.join(dir, 'laporan.xlsx');
    const words = 'Jembatan gantung di Papahan Tasikmadu putus semalam, warga tidak bisa lewat.';
    const take = async (text: string | undefined, dryRun = false) => {
      await writeXlsx(file, [header, row('101', 'Proses', text ? { text } : {}), row('102', 'Proses')]);
      return importFile(office.services, file, { ...options, dryRun });
    };
    expect(await take(undefined)).toMatchObject({ added: 2 });
    const [one, other] = await mentions(db).find().sort({ nativeId: 1 }).toArray();
    if (!one || !other) throw new Error('no messages');
    const approved = await office.approve(one._id, 'Lampu sudah kami ganti hari ini.');
    const untouched = await office.approve(other._id, 'Lampu sudah kami ganti kemarin.');
    expect(await take(undefined)).toMatchObject({ updated: 0, unchanged: 2 });
    expect(await replies(db).findOne({ _id: approved._id })).toMatchObject({ state: 'approved' });

    office.clock.advance(MINUTE);
    expect(await take(words, true)).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await replies(db).findOne({ _id: approved._id })).toMatchObject({ state: 'approved' });
    expect(await take(words)).toMatchObject({ updated: 1, unchanged: 1 });
    expect(await replies(db).findOne({ _id: approved._id })).toMatchObject({
      ...{ state: 'draft', approval: null, reason: expect.stringContaining('berubah') },
    });
    await expect(office.markByHand(approved)).rejects.toThrow();
    expect(await replies(db).findOne({ _id: untouched._id })).toMatchObject({ state: 'approved' });
    expect(await mentions(db).findOne({ _id: one._id })).toMatchObject({
      ...{ text: expect.stringContaining('Jembatan'), receivedAt: one.receivedAt },
      edits: [{ text: one.text, replacedAt: office.clock.now() }],
    });
    // The same once more: the words are known by now.
    expect(await take(words)).toMatchObject({ updated: 0, unchanged: 2 });
  });
});

// Planted: the whole message written from the file again, as before → the classification is the file's and the payload open.
test('what a person put right survives every later file, and what was masked comes open only with new words, to be masked again', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const desk = deskOf(office);
  await inFolder(async (dir) => {
    const file = path.join(dir, 'laporan.xlsx');
    const text = 'Lampu jalan di Papahan mati sejak seminggu, hubungi saya di 081234567890.';
    const take = async (status: string, words = text) => {
      await writeXlsx(file, [header, row('101', status, { text: words })]);
      return importFile(office.services, file, options);
    };
    await take('Belum Diverifikasi');
    const [opened] = await cases(db).find().toArray();
    if (!opened) throw new Error('no case');
    await desk.client.threads.correct({ id: opened._id, version: opened.version, agency: 'DPUPR' });
    // What the office knows of the message by now, and what was masked when its case was closed.
    const known = { 'classification.agency': 'DPUPR', 'classification.decided': true, archived: true };
    const masked = { raw: '{"text":"hubungi saya di [nomor telepon]"}' };
    await mentions(db).updateOne({ _id: opened.rootMentionId }, { $set: { ...known, ...masked } });
    await cases(db).updateOne({ _id: opened._id }, { $set: { rawMasked: true } });
    const before = await mentions(db).findOne({ _id: opened.rootMentionId });

    expect(await take('Selesai')).toMatchObject({ updated: 0, unchanged: 1 });
    expect(await mentions(db).findOne({ _id: opened.rootMentionId })).toEqual(before);
    expect(await cases(db).findOne({ _id: opened._id })).toMatchObject({ agency: 'DPUPR', rawMasked: true });

    expect(await take('Selesai', `${text} Gelap sekali.`)).toMatchObject({ updated: 1 });
    const after = await mentions(db).findOne({ _id: opened.rootMentionId });
    expect(after).toMatchObject({ text: expect.stringContaining('Gelap sekali'), archived: true });
    expect(after?.classification).toEqual(before?.classification);
    const open = await cases(db).findOne({ _id: opened._id });
    expect([open?.agency, open?.rawMasked]).toEqual(['DPUPR', undefined]);
  });
});

// Planted: `agencyUnnamed` left out of wasForwarded → the third one counts as given to Dishub.
test('a report that its portal passed on to the regency is ours to pass on; only where the file names our agency was it given there', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const cells = { 'Kode Aduan': 'LG-1', 'Tanggal Aduan': '23/11/2026 10:00', Status: 'Disposisi' };
  const words = { 'Isi Aduan': 'Lampu jalan di Papahan Tasikmadu mati sejak seminggu.' };
  await importPortalRow(office.services, 'laporgub', { ...cells, ...words });
  await importPortalRow(office.services, 'laporgub', {
    ...cells,
    ...words,
    ...{ 'Kode Aduan': 'LG-2', Disposisi: 'Dinas Perhubungan' },
  });
  await importPortalRow(office.services, 'laporgub', {
    ...cells,
    ...words,
    ...{ 'Kode Aduan': 'LG-3', Status: 'Proses', Disposisi: 'Balai Antah Berantah' },
  });
  const all = await cases(db).find().sort({ 'imported.externalId': 1 }).toArray();
  expect(all.map((one) => [one.state, one.agency, wasForwarded(one)])).toEqual([
    ['terverifikasi', 'DISHUB', false],
    ['disposisi', 'DISHUB', true],
    // Somebody works on it there, and it is not the agency that the classifier thinks of.
    ['proses', 'DISHUB', false],
  ]);
  const [ours] = all;
  if (!ours) throw new Error('no case');
  const { client } = deskOf(office);
  await client.cases.move({ number: ours._id, version: ours.version, verb: 'disposisi', agency: 'DISHUB' });
  expect(
    await cases(db)
      .findOne({ _id: ours._id })
      .then((one) => one && wasForwarded(one)),
  ).toBe(true);
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

// Planted: the door of `/berkas/impor` left out → the analyst's file is taken in.
test('a file from the browser is looked at, tried and taken in by who may, with its columns and states by a mapping saved under a name; what cannot be read is refused in words', async () => {
  await using office = await openSiteOffice();
  const { db } = office.services.database;
  const password = 'kopi-hangat-pagi-77';
  const tokenOf = async (role: 'petugas' | 'analis') => {
    const account = { loginName: role, name: role, role, agency: null, mayPublish: false, password };
    await createUser(office.deps, account, systemUser);
    return (await login(office.deps, role, password, '10.0.0.1')).token;
  };
  const petugas = await tokenOf('petugas');
  const headers = (token: string | null) => ({
    host: '127.0.0.1:8420',
    ...(token && { authorization: `Bearer ${token}` }),
  });
  const upload = async (
    step: string,
    name: string,
    body: string | Buffer,
    { token = petugas, mapping = '' }: { token?: string | null; mapping?: string } = {},
  ) => {
    const query = `portal=sp4n&langkah=${step}${mapping && `&pemetaan=${mapping}`}`;
    const response = await office.app.request(`${siteOrigin}/berkas/impor?${query}`, {
      method: 'POST',
      body: new Uint8Array(Buffer.from(body)),
      headers: { ...headers(token), 'x-file-name': encodeURIComponent(name) },
    });
    return { status: response.status, body: (await response.json()) as Record<string, never> };
  };
  const { client } = deskOf(office);
  const ended = async (started: { status: number; body: Record<string, never> }) => {
    expect(started.status).toBe(202);
    let run: Awaited<ReturnType<typeof client.imports.runs>>[number] | undefined;
    await until('the run has ended', 20_000, async () => {
      run = (await client.imports.runs()).find((one) => one._id === started.body.run);
      return run !== undefined && run.state !== 'running';
    });
    if (!run) throw new Error('no run');
    return run;
  };
  const csv = [header, row('101', 'Proses'), row('102', 'Entah'), row('103', 'Proses', { date: '' })]
    .map((cells) => cells.join(';'))
    .join('\n');
  expect(await upload('lihat', 'laporan.csv', csv)).toMatchObject({
    body: { missing: [], columns: header, found: { externalId: 'Tracking ID', state: 'Status' } },
  });
  const counts = { read: 3, added: 1, updated: 0, unchanged: 0, refused: 2 };
  const tried = await ended(await upload('uji', 'laporan.csv', csv));
  expect(tried).toMatchObject({
    ...{ state: 'done', step: 'uji', file: 'laporan.csv', counts, unknownStates: ['Entah'] },
    refusals: [
      { line: 3, reason: 'status tidak dikenal: "Entah"' },
      { line: 4, reason: 'tanggal masuk kosong' },
    ],
  });
  const faulty = await client.imports.refused({ id: tried._id });
  expect(parse(await text(faulty.body as unknown as Readable), { columns: true, bom: true })).toMatchObject([
    { baris: '3', alasan: 'status tidak dikenal: "Entah"', isi: expect.stringContaining('102') },
    { baris: '4', alasan: 'tanggal masuk kosong' },
  ]);
  expect(await cases(db).countDocuments()).toBe(0);

  // What the file calls a state is named once; the next file with these columns is read with it by itself.
  const columns = {
    ...{ externalId: 'Tracking ID', postedAt: 'Tanggal Laporan', text: 'Isi Laporan', state: 'Status' },
    title: 'Judul Laporan',
  };
  const named = { seen: null, portal: 'sp4n', name: 'Ekspor bulanan', columns } as const;
  const mapping = await client.imports.saveMapping({ ...named, states: { Entah: 'tertunda' } });
  await expect(client.imports.saveMapping({ ...named, states: {} })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await upload('lihat', 'laporan.csv', csv)).toMatchObject({ body: { mapping: mapping._id } });
  const first = { read: 3, added: 2, updated: 0, unchanged: 0, refused: 1 };
  expect(await ended(await upload('jalankan', 'laporan.csv', csv))).toMatchObject({ counts: first });
  expect(
    (await cases(db).find().sort({ 'imported.externalId': 1 }).toArray()).map((one) => one.state),
  ).toEqual(['proses', 'tertunda']);
  const entry = () => db.collection('audit').findOne({ act: 'import.file' });
  await until('the audit has it', 5_000, async () => (await entry()) !== null);
  expect(await entry()).toMatchObject({
    ...{ by: 'petugas', fields: { portal: 'sp4n', state: 'done', ...first } },
  });
  const again = csv.replace('Proses', 'Selesai');
  const { _id, version } = mapping;
  expect(await ended(await upload('jalankan', 'l.csv', again, { mapping: _id }))).toMatchObject({
    counts: { read: 3, added: 0, updated: 1, unchanged: 1, refused: 1 },
  });
  const change = { ...named, seen: { _id, version }, name: 'Ekspor', states: {} };
  expect(await client.imports.saveMapping(change)).toMatchObject({ _id, version: 2, name: 'Ekspor' });
  // Somebody else has changed it meanwhile.
  await expect(client.imports.saveMapping(change)).rejects.toMatchObject({ code: 'conflict' });
  expect(await ended(await upload('uji', 'laporan.csv', csv))).toMatchObject({ unknownStates: ['Entah'] });
  await client.imports.removeMapping({ id: _id, version: 2 });
  expect(await upload('uji', 'l.csv', csv, { mapping: _id })).toMatchObject({ status: 202 });
  await until('a mapping that is gone is told', 5_000, async () =>
    (await client.imports.runs()).some((run) => run.words?.id.includes('sudah tidak ada') ?? false),
  );

  const said = async (name: string, body: string | Buffer) =>
    JSON.stringify((await upload('lihat', name, body)).body);
  expect(await said('lama.xls', Buffer.from('d0cf11e0a1b11ae1aaaa', 'hex'))).toContain('Excel lama (.xls)');
  expect(await said('a.xlsx', '<html><table></table></html>')).toContain('tabel HTML');
  expect(await said('a.xlsx', 'PK nothing')).toContain('bukan .xlsx yang utuh');
  expect(await said('a.csv', Buffer.from('Judul;Isi\nCaf\xe9 rusak;x\n', 'latin1'))).toContain('bukan UTF-8');
  expect(await said('../../etc/passwd', 'x')).toContain('.csv, .xlsx atau .jsonl');
  expect(await said('lain.csv', 'a;b\n1;2\n')).toContain('tracking id');
  expect(await upload('jalankan', 'l.csv', csv, { token: await tokenOf('analis') })).toMatchObject({
    status: 403,
  });
  expect(await upload('lihat', 'l.csv', csv, { token: null })).toMatchObject({ status: 401 });
  expect(await upload('hapus', 'l.csv', csv)).toMatchObject({ status: 422 });
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
/** What `start` and so many megabytes of one letter are when deflated. */
async function deflated(start: string, megabytes: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 1 });
  const packed = buffer(deflate);
  deflate.write(start);
  const piece = Buffer.alloc(1024 * 1024, 'A');
  for (let count = 0; count < megabytes; count += 1) if (!deflate.write(piece)) await once(deflate, 'drain');
  deflate.end();
  return packed;
}

/** A zip of one file, written by hand so that its directory can lie. @param says what it calls the unpacked size */
function zipOfOne(name: string, body: Buffer, says: number): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(8, 4);
  fields.writeUInt32LE(body.length, 14);
  fields.writeUInt32LE(says, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), body]);
  const entry = Buffer.concat([
    Buffer.from('PK\x01\x02\x14\x00'),
    fields,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  for (const at of [4, 6]) end.writeUInt16LE(1, at);
  end.writeUInt32LE(entry.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, entry, Buffer.from('PK\x05\x06'), end]);
}

test('a sheet that unpacks to far too much is refused by its directory, or by the death of the child where the directory lies; formulas and links are only texts', async () => {
  await inFolder(async (dir) => {
    const file = path.join(dir, 'besar.xlsx');
    const start = '<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>';
    const megabytes = 310;
    const sheet = 'xl/worksheets/sheet1.xml';
    const body = await deflated(start, megabytes);
    expect(body.length).toBeLessThan(2_000_000);
    await writeFile(file, zipOfOne(sheet, body, megabytes * 1024 * 1024));
    expect(await wordsOf(file)).toContain('terlalu besar');
    await writeFile(file, zipOfOne(sheet, body, 5_000));
    const lying = readXlsx(file, { memoryMib: 200, ms: MINUTE }).next();
    await expect(lying).rejects.toMatchObject({
      words: { id: expect.stringContaining('tidak dapat dibaca') },
    });

    // Texts that all cells share are held by the reader as a whole: here as one of 120 MB, which its directory allows.
    // Planted: Node's own abort told by the last line that it wrote → the words are an address in its program.
    const shared = await deflated('<sst><si><t>', 120);
    await writeFile(file, zipOfOne('xl/sharedStrings.xml', shared, 120 * 1024 * 1024));
    await expect(readXlsx(file, { memoryMib: 150, ms: MINUTE }).next()).rejects.toMatchObject({
      words: {
        id: 'Berkas .xlsx ini tidak dapat dibaca (dihentikan: memori). Simpan ulang sebagai .csv, lalu impor lagi.',
        en: 'This .xlsx cannot be read (it needs too much memory). Save it as .csv and import that.',
      },
    });

    const book = new excel.Workbook();
    const rows = book.addWorksheet('x');
    rows.addRow(['a', 'b', 'c']);
    rows.addRow([
      { formula: 'HYPERLINK("http://iklan.example","x")', result: 'hasil lama' },
      { formula: "'[lain.xlsx]Lembar'!A1" },
      { text: 'tautan', hyperlink: 'http://iklan.example' },
    ]);
    await book.xlsx.writeFile(file);
    const seen = [];
    for await (const { cells } of readXlsx(file)) seen.push(cells);
    expect(seen).toEqual([{ a: 'hasil lama', b: '', c: 'tautan' }]);
  });
});

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
