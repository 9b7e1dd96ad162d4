import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { Hono } from 'hono';
import type { Env } from '../../src/api/guards.ts';
import { workCalendar } from '../../src/cases/working-days.ts';
import { fixedClock } from '../../src/core/clock.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseNumber, MentionId } from '../../src/domain/ids.ts';
import { importCases } from '../../src/importing/import-cases.ts';
import { readImport } from '../../src/importing/read-import.ts';
import { cases } from '../../src/store/cases.ts';
import { channels } from '../../src/store/channels.ts';
import { inTransaction } from '../../src/store/database.ts';
import { storeImported } from '../../src/store/imports.ts';
import { mentions } from '../../src/store/mentions.ts';
import { recordPoll } from '../../src/store/polls.ts';
import { aMention, call, type Person, startTestApi } from '../support/api.ts';
import { channel } from '../support/builders.ts';
import { aCase } from '../support/reply-builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

/** Tuesday, 24 November 2026, 14.00 WIB. */
const clock = fixedClock('2026-11-24T07:00:00Z');
let services: TestServices;
let app: Hono<Env>;
let tokens: Record<Person, string>;
let serial = 0;

async function addCases(count: number, part: Partial<Case>): Promise<void> {
  const made = Array.from({ length: count }, () => {
    serial += 1;
    const rootMentionId = `x-a${serial}` as MentionId;
    return aCase({
      _id: `KRA-2026-${serial}` as CaseNumber,
      trackingCode: `T${serial}`,
      rootMentionId,
      mentionIds: [rootMentionId],
      ...part,
    });
  });
  await cases(services.db).insertMany(made);
}

function names(name: string): ReadonlyMap<string, string> {
  const list = JSON.parse(readFileSync(`data/${name}.json`, 'utf8')) as {
    id?: string;
    code?: string;
    name: string;
    shortName?: string;
  }[];
  return new Map(list.map((one) => [one.id ?? one.code ?? '', one.shortName ?? one.name]));
}

const at = (iso: string) => new Date(iso);
const tasikmadu = { kecamatan: 'Tasikmadu', name: null };
const colomadu = { kecamatan: 'Colomadu', name: null };

beforeAll(async () => {
  services = await startTestServices();
  ({ app, tokens } = await startTestApi(services, { clock }));
  const { db, client } = services;
  await importCases(
    {
      clock,
      clocks: { rules: [], calendar: workCalendar([]) },
      agencyNames: names('agencies'),
      subjectNames: names('subjects'),
      authorityOf: () => 'ours',
      store: (batch) => storeImported(inTransaction(client), db, batch, new Date()),
      quarantine: async () => {},
    },
    'rekap-2023',
    readImport('fixtures/history-2023.csv'),
  );
  // 23 November: usual roads; then a dark street, 14 in a day where 2 came in 28 days.
  await addCases(2, {
    subject: 'penerangan_jalan',
    agency: 'DISHUB',
    place: colomadu,
    openedAt: at('2026-11-03T03:00:00Z'),
    tokens: ['lampu', 'mati'],
  });
  await addCases(30, {
    openedAt: at('2026-11-10T03:00:00Z'),
    place: tasikmadu,
    companion: 'DISHUB',
    tokens: ['jalan', 'berlubang'],
  });
  await addCases(14, {
    subject: 'penerangan_jalan',
    agency: 'DISHUB',
    place: colomadu,
    // 00.30 WIB on Tuesday, 17.30 UTC on Monday.
    openedAt: at('2026-11-23T17:30:00Z'),
    dueAt: at('2026-11-24T02:00:00Z'),
    tokens: ['lampu', 'yang', 'yg', 'gelap', '3313010101900001'],
  });
  await addCases(3, {
    openedAt: at('2026-11-24T02:00:00Z'),
    place: tasikmadu,
    state: 'dijawab',
    answeredAt: at('2026-11-24T04:00:00Z'),
    dueAt: at('2026-11-24T03:00:00Z'),
    tokens: ['jalan', 'gelap'],
  });
  await addCases(4, {
    subject: 'kekerasan_perempuan',
    agency: 'DP3AKB',
    place: { kecamatan: 'Jaten', name: null },
    openedAt: at('2026-11-24T01:00:00Z'),
    secret: true,
    tokens: ['kenari'],
  });
  // Belongs to no case: a message, not an aduan.
  await mentions(db).insertOne(aMention('9', { postedAt: at('2026-11-24T02:00:00Z') }));
  await channels(db).insertMany([
    channel({ lastPolledAt: at('2026-11-24T06:58:00Z'), lastSuccessAt: at('2026-11-24T06:58:00Z') }),
    // Never asked: it delivers, and is blind only when it is broken.
    channel({ _id: 'whatsapp-kra' as never, platform: 'whatsapp', account: 'wa' }),
    channel({
      _id: 'instagram-kra' as never,
      platform: 'instagram',
      account: 'kra',
      lastPolledAt: at('2026-11-24T06:58:00Z'),
      lastSuccessAt: at('2026-11-24T02:15:00Z'),
    }),
  ]);
  const run = {
    channelId: 'x-aduankra_sim' as never,
    depth: 'normal' as const,
    complete: true,
    pages: 1,
    found: 1,
    added: 1,
    changed: 0,
    rejected: 0,
    calls: 1,
    micros: 0,
    gaps: [] as string[],
    error: null,
  };
  const hour = (n: number) => at(`2026-11-24T0${n}:00:00Z`);
  await recordPoll(db, { ...run, _id: 'a', startedAt: hour(1), endedAt: hour(1) });
  await recordPoll(db, { ...run, _id: 'b', startedAt: hour(3), endedAt: hour(3), gaps: ['batas 800 pos'] });
  await recordPoll(db, { ...run, _id: 'c', startedAt: hour(5), endedAt: hour(5) });
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});

// biome-ignore lint/suspicious/noExplicitAny: the shape is the contract's; the tests look at members
type Answer = any;

async function ask(path: string, person: Person = 'analis', body?: unknown): Promise<Answer> {
  const response = await call(app, path, { token: tokens[person], ...(body !== undefined && { body }) });
  expect(response.status).toBeLessThan(300);
  return response.json();
}

const today = '/api/trends?from=2026-11-24&to=2026-11-24';

describe('the trends', () => {
  test('of 2023: 700 cases, three of them secret, DPUPR 246, Dikbud 35; the series adds up to the same', async () => {
    const found = await ask('/api/trends?from=2023-01-01&to=2023-11-30');
    expect(found.totals).toMatchObject({ in: 697, answered: 697, secret: 3 });
    const of = (key: string) => found.byAgency.find((row: Answer) => row.key === key)?.in;
    expect([of('DPUPR'), of('DIKBUD')]).toEqual([246, 35]);
    const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
    expect(sum(found.series.map((line: Answer) => sum(line.counts)))).toBe(697);
    expect(found.series[0]).toMatchObject({ key: 'DPUPR' });
    expect(sum(found.series[0].counts)).toBe(246);
    expect(sum(found.hours.flat())).toBe(697);
    expect(sum(found.byKecamatan.map((row: Answer) => row.in))).toBe(697);
    expect(sum(found.byPlatform.map((row: Answer) => row.in + row.secret))).toBe(700);
    expect(found.days).toHaveLength(334);
  });

  test('days, hours and weekdays are those of WIB', async () => {
    const found = await ask(today);
    expect(found.totals).toMatchObject({
      in: 17,
      answered: 3,
      late: 17,
      secret: 4,
      medianReplyMs: 2 * 3_600_000,
    });
    // Tuesday 00.00–01.00: 14; 09.00: 3; what came at 08.00 is secret.
    expect([found.hours[1][0], found.hours[1][8], found.hours[1][9]]).toEqual([14, 0, 3]);
    expect(found.daily).toMatchObject({ in: [17], answered: [3], late: [17], medianReplyMs: [7_200_000] });
    expect((await ask('/api/trends?from=2026-11-23&to=2026-11-23')).totals.in).toBe(0);
  });

  /** What the inbox counts for a click. */
  async function counted(period: string, part: Readonly<Record<string, unknown>>, person: Person = 'analis') {
    const query = new URLSearchParams(
      Object.entries(part).map(([key, value]): [string, string] => [key, String(value)]),
    );
    return (await ask(`/api/threads/count?view=aduan&secret=false&${period}&${query}`, person)).count;
  }

  // Planted: with `agency` for `inCharge`, or with `semua` for the view, this fails: companions and messages count too.
  test('whatever number is clicked, the inbox finds the same, also for somebody who sees secret cases', async () => {
    const period = 'from=2026-11-01&to=2026-11-24';
    const found = await ask(`/api/trends?${period}`);
    const byKey = {
      inCharge: 'byAgency',
      subject: 'bySubject',
      platform: 'byPlatform',
      kecamatan: 'byKecamatan',
    };
    for (const [name, rows] of Object.entries(byKey)) {
      for (const row of found[rows]) {
        expect([name, row.key, await counted(period, { [name]: row.key ?? '-' })]).toEqual([
          name,
          row.key,
          row.in,
        ]);
      }
    }
    const outcomes = { dijawab: 'answered', terlambat: 'late' };
    for (const [outcome, key] of Object.entries(outcomes)) {
      expect(await counted(period, { outcome }, 'petugas')).toBe(found.totals[key]);
    }
    expect(await counted(period, {}, 'petugas')).toBe(found.totals.in);
    for (const [weekday, hour] of [
      [2, 0],
      [2, 9],
      [2, 10],
      [3, 9],
    ] as const) {
      expect(await counted(period, { weekday, hour })).toBe(found.hours[weekday - 1][hour]);
    }
    for (const { key, now } of found.risingWords) expect(await counted(period, { q: key })).toBe(now);
  });

  test('an hour without a weekday is refused in words', async () => {
    const answer = await call(app, '/api/threads/count?hour=9', { token: tokens.analis });
    expect(answer.status).toBe(422);
  });

  // Planted: without `secret: false` in trends() (analyze/trends.ts), and with secretCells under a subject, this fails.
  test('a secret case is a number by agency and channel, never under a subject or a place', async () => {
    const found = await ask(today);
    expect(found.byAgency.find((row: Answer) => row.key === 'DP3AKB')).toMatchObject({ in: 0, secret: 4 });
    expect(JSON.stringify([found.bySubject, found.byKecamatan, found.spikes])).not.toMatch(/kekerasan|Jaten/);
    for (const narrow of ['subject=kekerasan_perempuan', 'kecamatan=Jaten']) {
      const { totals } = await ask(`${today}&${narrow}`);
      expect(totals).toMatchObject({ in: 0, late: 0, answered: 0, secret: 0, medianReplyMs: null });
    }
  });

  test('a spike of the last 24 hours has its members in the inbox, and a note keeps its number', async () => {
    const { spikes } = await ask(today);
    expect(spikes[0]).toMatchObject({
      key: { subject: 'penerangan_jalan', kecamatan: 'Colomadu' },
      now: 14,
      from: '2026-11-23T07:00:00.000Z',
      to: '2026-11-24T07:00:00.000Z',
    });
    const { key, from, to } = spikes[0];
    expect(await counted(`from=${from}&to=${to}`, key)).toBe(14);
    const text = 'Gardu Malangjiwan padam; telepon 081234567890';
    const note = await ask('/api/trends/notes', 'analis', { ...key, from, to, text });
    expect(note).toMatchObject({ in: 14, by: 'analis' });
    const [kept] = await ask('/api/trends/notes', 'pimpinan');
    expect(kept).toEqual(note);
    expect(kept.text).not.toContain('081234567890');
  });

  // Planted: without the filter in risingWords (analyze/trends.ts) "yang" and "yg" rise too.
  test('what rises is told with what is usual; what stands in every text does not rise', async () => {
    const found = await ask(today);
    expect(found.risingSubjects[0]).toMatchObject({
      key: { subject: 'penerangan_jalan', kecamatan: 'Colomadu' },
      now: 14,
    });
    expect(found.risingSubjects[0].usual).toBeCloseTo(2 / 28);
    const words = found.risingWords.map((one: Answer) => one.key);
    expect(words).toContain('gelap');
    expect(words.filter((word: string) => /^ya?n?g$/.test(word))).toEqual([]);
  });

  // Planted: without `secret: false` and the letters' pattern in wordCounts (store/trends.ts) this fails.
  test('no word of a secret case and no number is shown', async () => {
    const words = JSON.stringify((await ask(today)).risingWords);
    expect(words).not.toContain('kenari');
    expect(words).not.toContain('3313');
  });

  test('a gap is from the run before to the run that could not see everything', async () => {
    const { gaps } = await ask(today);
    expect(gaps).toEqual([
      {
        channelId: 'x-aduankra_sim',
        from: '2026-11-24T01:00:00.000Z',
        to: '2026-11-24T03:00:00.000Z',
        reasons: ['batas 800 pos'],
      },
    ]);
  });

  // Planted: with `input.agency` for him in routes/analysis.ts this fails.
  test('an agency’s admin gets his own figures, whatever he asks for', async () => {
    const found = await ask(`${today}&agency=DISHUB`, 'admin_opd');
    expect(found.byAgency.map((row: Answer) => row.key)).toEqual(['DPUPR']);
  });

  test('a period that runs backwards is refused in words', async () => {
    const response = await call(app, '/api/trends?from=2026-11-24&to=2026-11-01', { token: tokens.analis });
    expect(response.status).toBe(422);
  });

  test('the counts are read from the index alone, whatever a case holds', async () => {
    const plan = await cases(services.db)
      .aggregate([
        { $match: { openedAt: { $gte: at('2026-11-01') }, 'place.kecamatan': 'Colomadu' } },
        { $group: { _id: { agency: '$agency', kecamatan: '$place.kecamatan' }, in: { $sum: 1 } } },
      ])
      .explain('queryPlanner');
    const winner = JSON.stringify(plan.queryPlanner?.winningPlan.queryPlan);
    expect(winner).toContain('"indexName":"trends"');
    expect(winner).not.toContain('FETCH');
  });
});

describe('the leader’s report', () => {
  const day = { from: '2026-11-23T17:00:00Z', to: '2026-11-24T17:00:00Z' };

  test('stops at this minute, and is shown again with the same figures whatever came since', async () => {
    const made = await ask('/api/reports', 'pimpinan', day);
    expect(made.figures).toMatchObject({
      to: '2026-11-24T07:00:00.000Z',
      in: 21,
      answered: 3,
      late: 17,
      waiting: 18,
    });
    expect(made.text).toContain('Data s.d. Selasa, 24 November 2026 14.00 WIB');
    expect(made.text).toContain(made._id);
    await addCases(5, { openedAt: at('2026-11-24T03:00:00Z'), agency: 'DISHUB' });
    expect(await ask(`/api/reports/${made._id}`, 'analis')).toEqual(made);
    expect((await ask('/api/reports', 'pimpinan')).map((one: Answer) => one._id)).toContain(made._id);
    await cases(services.db).deleteMany({ openedAt: at('2026-11-24T03:00:00Z') });
  });

  test('names silent agencies, blind channels and what is viral; nothing of a secret case but its number', async () => {
    const { figures, text } = await ask('/api/reports', 'pimpinan', day);
    expect(figures.silentAgencies.map((row: Answer) => [row.key, row.waiting])).toEqual([
      ['DISHUB', 14],
      ['DP3AKB', 4],
    ]);
    expect(figures.blindChannels).toEqual([
      expect.objectContaining({ account: 'kra', state: 'silent', lastReadAt: '2026-11-24T02:15:00.000Z' }),
    ]);
    expect(figures.viral).toMatchObject({ subject: 'penerangan_jalan', kecamatan: 'Colomadu', in: 14 });
    expect(figures.topSubjects.map((one: Answer) => one.subject)).toEqual(['penerangan_jalan', 'jalan']);
    expect(figures.secret).toBe(4);
    expect(text).not.toMatch(/kekerasan|Jaten|kenari/i);
    expect(text).toContain('DATA SIMULASI');
  });

  test('of 2023: 700 / 246 / 35, on the page and in the file', async () => {
    const made = await ask('/api/reports', 'analis', {
      from: '2022-12-31T17:00:00Z',
      to: '2023-11-30T17:00:00Z',
    });
    expect(made.figures).toMatchObject({ in: 700, before: { in: 0 } });
    const file = await call(app, `/api/reports/${made._id}/file/csv`, { token: tokens.superadmin });
    const rows: Record<string, string>[] = parse(await file.text(), { columns: true, bom: true });
    const of = (part: string, name: string) =>
      rows.find((row) => row.bagian === part && row.nama === name)?.masuk;
    expect([of('Aduan', 'masa ini'), of('OPD', 'DPUPR'), of('OPD', 'DIKBUD')]).toEqual(['700', '246', '35']);
  });
});
