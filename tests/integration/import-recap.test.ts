import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type RecapPeriod, recap } from '../../src/analyze/recap.ts';
import { recapText } from '../../src/analyze/recap-formats.ts';
import { readClocks, readHolidays } from '../../src/cases/calendar-files.ts';
import { workCalendar } from '../../src/cases/working-days.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseNumber, MentionId, UserId } from '../../src/domain/ids.ts';
import { type ImportDeps, importCases } from '../../src/importing/import-cases.ts';
import { readImport } from '../../src/importing/read-import.ts';
import { addNote, cases } from '../../src/store/cases.ts';
import { inTransaction } from '../../src/store/database.ts';
import { storeImported } from '../../src/store/imports.ts';
import { mentions } from '../../src/store/mentions.ts';
import { listQuarantine, putInQuarantine } from '../../src/store/quarantine.ts';
import { countCases, countMessages } from '../../src/store/recap.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

const clock = fixedClock('2026-11-24T03:00:00Z');
const history = 'fixtures/history-2023.csv';
const year: RecapPeriod = { from: '2023-01-01', to: '2023-11-30', agency: null, platform: null };

function json(name: string): unknown {
  return JSON.parse(readFileSync(`data/${name}.json`, 'utf8'));
}

function names(name: string): ReadonlyMap<string, string> {
  const list = json(name) as { id?: string; code?: string; name: string; shortName?: string }[];
  return new Map(list.map((one) => [one.id ?? one.code ?? '', one.shortName ?? one.name]));
}

function depsFor({ db, client }: TestServices): ImportDeps {
  return {
    clock,
    clocks: { rules: readClocks(json('clocks')), calendar: workCalendar(readHolidays(json('holidays'))) },
    agencyNames: names('agencies'),
    subjectNames: names('subjects'),
    authorityOf: () => 'ours',
    store: (batch) => storeImported(inTransaction(client), db, batch, clock.now()),
    quarantine: (items, now) => putInQuarantine(db, items, now),
  };
}

function recapOf({ db }: TestServices, period: RecapPeriod) {
  return recap(
    {
      clock,
      countCases: (moments, now) => countCases(db, moments, now),
      countMessages: (moments) => countMessages(db, moments),
    },
    period,
  );
}

async function importText(deps: ImportDeps, text: string, source = 'uji') {
  const dir = mkdtempSync(join(tmpdir(), 'tanggap-impor-'));
  writeFileSync(join(dir, 'a.csv'), text);
  try {
    return await importCases(deps, source, readImport(join(dir, 'a.csv')));
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const head =
  'external_id,channel,kind,subject,agency,kecamatan,posted_at,answered_at,state,secret,text_summary\n';

/** Imported cases keep their dates, are closed, and are numbered in the year in which citizens wrote. */
async function expectNumberedHistory(services: TestServices): Promise<void> {
  const all = await cases(services.db).find().toArray();
  const numbers = new Set(all.map((one) => one._id));
  expect(numbers.size).toBe(700);
  for (let count = 1; count <= 700; count += 1)
    expect(numbers).toContain(`KRA-2023-${String(count).padStart(6, '0')}`);
  const one = await cases(services.db).findOne({ 'imported.externalId': 'REKAP-2023-0001' });
  expect(one).toMatchObject({
    state: 'selesai',
    openedAt: new Date('2023-01-01T12:39:00Z'),
    answeredAt: new Date('2023-01-09T03:35:00Z'),
    answeredBy: 'luar',
    imported: { source: 'rekap-2023' },
  });
  const mention = await mentions(services.db).findOne({ _id: one?.rootMentionId as MentionId });
  expect(mention).toMatchObject({ caseId: one?._id, reach: 'import', work: { stage: 'done' } });
  expect(await mentions(services.db).countDocuments({ 'work.stage': 'classify' })).toBe(0);
}

test('the history of 2023 recaps to 700 answered cases, DPUPR 246, Dikbud 35, also after a second import', async () => {
  await using services = await startTestServices();
  const deps = depsFor(services);
  const progress: number[] = [];
  const first = await importCases(deps, 'rekap-2023', readImport(history), ({ read }) => progress.push(read));
  expect(first).toMatchObject({ read: 700, added: 700, updated: 0, refused: 0 });
  expect(progress.at(-1)).toBe(700);

  const result = await recapOf(services, year);
  expect(result).toMatchObject({ in: 700, answered: 700, secret: 3 });
  expect(result.byAgency.slice(0, 2)).toMatchObject([
    { key: 'DPUPR', in: 246, answered: 246 },
    { key: 'DIKBUD', in: 35, answered: 35 },
  ]);
  // Some came late by the clock (14 working days, 5 for information), most in time.
  expect(result.late).toBeGreaterThan(20);
  expect(result.late).toBeLessThan(140);
  expect(result.byPlatform).toHaveLength(8);
  const text = recapText(result, {
    agencyNames: names('agencies'),
    subjectNames: names('subjects'),
    demo: true,
  });
  expect(text).toMatch(/^DPUPR +246 +246/m);

  await expectNumberedHistory(services);

  // Planted: the file's own source not heeded → 1,400 cases.
  const second = await importCases(deps, 'another-name', readImport(history));
  expect(second).toMatchObject({ read: 700, added: 0, updated: 0, unchanged: 700 });
  expect(await recapOf(services, year)).toEqual(result);
  expect(await recapOf(services, { ...year, to: '2023-06-30' })).toMatchObject({ in: expect.any(Number) });
  const outside = await recapOf(services, { ...year, from: '2023-12-01', to: '2024-12-31' });
  expect(outside).toMatchObject({ in: 0, byAgency: [] });
  const dikbud = await recapOf(services, { ...year, agency: 'DIKBUD' });
  expect(dikbud).toMatchObject({ in: 35, byAgency: [{ key: 'DIKBUD', in: 35 }] });
});

// Planted: the update of known cases left out of storeImported → the new answer is missing.
test('a later version of the file changes what it says differently and adds only what is new', async () => {
  await using services = await startTestServices();
  const deps = depsFor(services);
  const early = `${head}A-1,X,pengaduan,jalan,DPUPR,Jaten,2024-03-04 09:00,,proses,tidak,lubang\n`;
  await importText(deps, early);
  const late = `${head}A-1,Facebook,pengaduan,jalan,Dishub,Jaten,2024-03-04 09:00,2024-03-06 10:00,selesai,tidak,lubang
A-2,X,aspirasi,,,,2024-03-05 09:00,,baru,tidak,usul\n`;
  expect(await importText(deps, late)).toMatchObject({ added: 1, updated: 1, unchanged: 0 });
  const all = await cases(services.db).find().sort({ openedAt: 1 }).toArray();
  expect(all).toMatchObject([
    { agency: 'DISHUB', platform: 'facebook', state: 'selesai', answeredBy: 'luar', version: 2 },
    { agency: null, subject: null, dueAt: null, state: 'baru' },
  ]);
  expect(all[0]?.history.map((event) => event.what)).toEqual(['impor', 'impor ulang']);
});

// Planted: touchedByPeople made false → the case is closed by the file.
test('a case that a person has worked on since is left to that person', async () => {
  await using services = await startTestServices();
  const deps = depsFor(services);
  const row = (state: string, answered: string) =>
    `${head}A-1,X,pengaduan,jalan,DPUPR,Jaten,2024-03-04 09:00,${answered},${state},tidak,lubang\n`;
  await importText(deps, row('proses', ''));
  const _id = 'KRA-2024-000001' as CaseNumber;
  const by = 'sari' as UserId;
  const event: Case['history'][number] = {
    at: clock.now(),
    by,
    what: 'disposisi',
    from: 'proses',
    to: 'disposisi',
    note: null,
  };
  await addNote(cases(services.db), _id, { at: clock.now(), by, text: 'sudah ditelepon' });
  await cases(services.db).updateOne({ _id }, { $set: { state: 'disposisi' }, $push: { history: event } });
  expect(await importText(deps, row('selesai', '2024-03-06 10:00'))).toMatchObject({
    added: 0,
    updated: 0,
    unchanged: 1,
  });
  expect(await cases(services.db).findOne({ _id })).toMatchObject({ state: 'disposisi', answeredAt: null });
});

test('a row that stands twice in the file, and two imports at the same time, give one case', async () => {
  await using services = await startTestServices();
  const deps = depsFor(services);
  const rows = Array.from(
    { length: 150 },
    (_, i) => `A-${i},X,pengaduan,jalan,DPUPR,Jaten,2024-03-04 09:00,,baru,tidak,lubang`,
  );
  const text = `${head}${[...rows, ...rows.slice(0, 10)].join('\n')}\n`;
  await Promise.all([importText(deps, text), importText(deps, text), importText(deps, text)]);
  expect(await cases(services.db).countDocuments()).toBe(150);
  expect(await mentions(services.db).countDocuments()).toBe(150);
  // Another source may use the same numbers.
  expect(await importText(deps, text, 'lain')).toMatchObject({ added: 150 });
});

test('what cannot be taken in is in quarantine with its line and reason, once', async () => {
  await using services = await startTestServices();
  const deps = depsFor(services);
  const text = `${head}A-1,X,pengaduan,jalan,DINAS PASAR MALAM,Jaten,2024-03-04,,baru,tidak,x
A-2,X,pengaduan,naga,DPUPR,Jaten,2024-03-04,,baru,tidak,x
A-3,X,pengaduan,jalan,dpupr,Jaten,kapan-kapan,,baru,tidak,x\n`;
  const summary = await importText(deps, text);
  expect(summary).toMatchObject({
    read: 3,
    added: 0,
    refused: 3,
    refusals: [
      { line: 2, reason: 'OPD tidak dikenal: "DINAS PASAR MALAM"' },
      { line: 3, reason: 'topik tidak dikenal: "naga"' },
      { line: 4, reason: 'tanggal tidak terbaca: "kapan-kapan"' },
    ],
  });
  await importText(deps, text);
  const kept = await listQuarantine(services.db, 10);
  expect(kept).toHaveLength(3);
  expect(kept[0]).toMatchObject({ source: 'impor uji', times: 2 });
  expect(kept.every((one) => one.raw.includes('A-') && one.reason.startsWith('Baris '))).toBe(true);
  // An odd number of a file still makes an id that may stand in a URL.
  await importText(deps, `${head}"1/2 ?#<b>",X,pengaduan,,,,2024-03-04,,baru,tidak,x\n`);
  expect((await mentions(services.db).findOne())?._id).toMatch(/^[\w.-]+$/);
});

describe('the recap', () => {
  async function withCases(services: TestServices, rows: readonly string[]) {
    await importText(depsFor(services), `${head}${rows.join('\n')}\n`);
  }

  test('counts by when the citizen wrote, both days whole in WIB', async () => {
    await using services = await startTestServices();
    await withCases(services, [
      'A-1,X,pengaduan,,,,2024-02-29 23:59,,baru,tidak,x',
      'A-2,X,pengaduan,,,,2024-03-01 00:00,,baru,tidak,x',
      'A-3,X,pengaduan,,,,2024-03-02 23:59:59,,baru,tidak,x',
      'A-4,X,pengaduan,,,,2024-03-03 00:00,,baru,tidak,x',
    ]);
    expect(await recapOf(services, { ...year, from: '2024-03-01', to: '2024-03-02' })).toMatchObject({
      in: 2,
    });
  });

  test('late is what was answered after its time or is still open after it, and nothing else', async () => {
    await using services = await startTestServices();
    await withCases(services, [
      // 5 working days for information: due on Monday 11 March 2024 is a holiday, so on 13 March at the earliest.
      'in-time,X,permintaan_informasi,,,,2024-03-04 09:00,2024-03-08 10:00,selesai,tidak,x',
      'answered-late,X,permintaan_informasi,,,,2024-03-04 09:00,2024-03-25 10:00,selesai,tidak,x',
      'open-late,X,permintaan_informasi,,,,2024-03-04 09:00,,proses,tidak,x',
      'not-ours,X,permintaan_informasi,,,,2024-03-04 09:00,,bukan_wewenang,tidak,x',
      'no-clock,X,aspirasi,,,,2024-03-04 09:00,,baru,tidak,x',
    ]);
    const result = await recapOf(services, { ...year, from: '2024-03-01', to: '2024-03-31' });
    expect(result).toMatchObject({ in: 5, answered: 2, late: 2 });
  });

  test('praise, spam and what is no complaint are lines of their own, outside of "aduan"', async () => {
    await using services = await startTestServices();
    await withCases(services, ['A-1,X,pengaduan,,,,2024-03-04,,baru,tidak,x']);
    const template = await mentions(services.db).findOne();
    if (!template?.classification) throw new Error('no template');
    const others = [
      { kind: 'apresiasi', flags: [] },
      { kind: 'bukan_aduan', flags: ['spam'] },
      { kind: 'bukan_aduan', flags: ['spam'] },
      { kind: 'bukan_aduan', flags: [] },
    ] as const;
    await mentions(services.db).insertMany(
      others.map((part, index) => ({
        ...template,
        _id: `x-${index}` as MentionId,
        caseId: null,
        classification: template.classification && { ...template.classification, ...part },
      })),
    );
    await mentions(services.db).insertOne({
      ...template,
      _id: 'x-9' as MentionId,
      caseId: null,
      classification: null,
    });
    const result = await recapOf(services, { ...year, from: '2024-03-01', to: '2024-03-31' });
    expect(result).toMatchObject({ in: 1, messages: { total: 6, praise: 1, spam: 2, notComplaints: 1 } });
  });

  test('secret cases are in the numbers and nothing of their text is in any output', async () => {
    await using services = await startTestServices();
    await withCases(services, [
      'A-1,WhatsApp,pengaduan,pungli,INSPEKTORAT,,2024-03-04,,baru,ya,KALIMAT-RAHASIA',
    ]);
    const result = await recapOf(services, { ...year, from: '2024-03-01', to: '2024-03-31' });
    expect(result).toMatchObject({ in: 1, secret: 1 });
    expect(JSON.stringify(result)).not.toContain('KALIMAT');
  });

  test('reads through an index, whatever else is in the collection', async () => {
    await using services = await startTestServices();
    await withCases(services, ['A-1,X,pengaduan,,,,2024-03-04,,baru,tidak,x']);
    const range = { $gte: new Date('2024-03-01'), $lt: new Date('2024-04-01') };
    const plans = await Promise.all([
      cases(services.db).find({ openedAt: range }).explain('queryPlanner'),
      cases(services.db).find({ openedAt: range, agency: 'DLH' }).explain('queryPlanner'),
      mentions(services.db).find({ postedAt: range }).explain('queryPlanner'),
    ]);
    for (const plan of plans) {
      expect(JSON.stringify(plan)).toContain('IXSCAN');
      expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
    }
  });
});
