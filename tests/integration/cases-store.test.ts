import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { NewCase } from '../../src/cases/new-case.ts';
import type { Case } from '../../src/domain/case.ts';
import type { Flag, Urgency } from '../../src/domain/classification.ts';
import type { CaseNumber, MentionId, UserId } from '../../src/domain/ids.ts';
import { type CaseCursor, type CaseScope, listCases } from '../../src/store/case-list.ts';
import { openCases } from '../../src/store/case-openings.ts';
import {
  addFollowUp,
  addNote,
  addSupporter,
  applyMove,
  cases,
  changeCase,
  claimCase,
  findCase,
  findCaseOf,
  markAnswered,
  markAnsweredOutside,
  moveBySystem,
  setOversight,
} from '../../src/store/cases.ts';
import { counters } from '../../src/store/counters.ts';
import { inTransaction } from '../../src/store/database.ts';
import { mentions } from '../../src/store/mentions.ts';
import { maskClosedPayloads } from '../../src/store/raw-payloads.ts';
import { readStopSwitch, setStopSwitch } from '../../src/store/stop-switch.ts';
import { aMention } from '../support/api.ts';
import { aCase, budi, sari } from '../support/reply-builders.ts';
import { startTestServices, type TestServices } from '../support/services.ts';

let services: TestServices;
beforeAll(async () => {
  services = await startTestServices();
});
afterAll(async () => {
  await services[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await Promise.all([cases(services.db).deleteMany({}), counters(services.db).deleteMany({})]);
});

function newCase(message: string, change: Partial<NewCase> = {}): NewCase {
  const { _id, trackingCode, version, lateFrom, ...rest } = aCase();
  return { ...rest, rootMentionId: message as MentionId, mentionIds: [message as MentionId], ...change };
}
/** @returns the number of each case, by the message that opened it */
async function open(batch: readonly NewCase[]) {
  const opened = await openCases(inTransaction(services.client), services.db, batch);
  return new Map([...opened].map(([message, one]) => [message, one._id]));
}
const all = () => cases(services.db).find().sort({ _id: 1 }).toArray();

describe('opening cases', () => {
  test('numbers them in order, by the year in which the citizen wrote, in WIB', async () => {
    const opened = await open([
      newCase('x-1'),
      newCase('x-2', { openedAt: new Date('2025-12-31T16:59:00Z') }),
      newCase('x-3', { openedAt: new Date('2025-12-31T17:01:00Z') }),
    ]);
    expect(Object.fromEntries(opened)).toEqual({
      'x-1': 'KRA-2026-000001',
      'x-2': 'KRA-2025-000001',
      'x-3': 'KRA-2026-000002',
    });
  });

  test('twice gives the same numbers and uses none up', async () => {
    const first = await open([newCase('x-1'), newCase('x-2')]);
    const again = await open([newCase('x-2'), newCase('x-3'), newCase('x-1'), newCase('x-3')]);
    expect(again.get('x-1' as MentionId)).toBe(first.get('x-1' as MentionId));
    expect(again.get('x-2' as MentionId)).toBe(first.get('x-2' as MentionId));
    expect(again.get('x-3' as MentionId)).toBe('KRA-2026-000003');
    expect(await cases(services.db).countDocuments()).toBe(3);
  });

  // Seen failing when the look for known messages was taken out of the transaction's retry.
  test('side by side over the same messages gives each one case and leaves no gap in the numbers', async () => {
    const batch = Array.from({ length: 40 }, (_, index) => newCase(`x-${index}`));
    const results = await Promise.all([
      open(batch),
      open([...batch].reverse()),
      open(batch.slice(10, 30)),
      open(batch.slice(0, 25)),
    ]);
    const numbers = (await all()).map((one) => one._id);
    expect(numbers).toEqual(
      Array.from({ length: 40 }, (_, i) => `KRA-2026-${String(i + 1).padStart(6, '0')}`),
    );
    for (const result of results) {
      for (const [message, number] of result) expect(results[0]?.get(message)).toBe(number);
    }
  });

  test('is undone with everything that was to be written with it, numbers included', async () => {
    const failing = openCases(inTransaction(services.client), services.db, [newCase('x-1')], async () => {
      throw new Error('the mention could not be written');
    });
    await expect(failing).rejects.toThrow('the mention could not be written');
    expect(await cases(services.db).countDocuments()).toBe(0);
    expect((await open([newCase('x-2')])).get('x-2' as MentionId)).toBe('KRA-2026-000001');
  });

  test('more than a hundred at once are refused', async () => {
    await expect(open(Array.from({ length: 101 }, (_, i) => newCase(`x-${i}`)))).rejects.toThrow(RangeError);
  });
});

describe('a case in the store', () => {
  const id = 'KRA-2026-000001' as CaseNumber;
  beforeEach(async () => {
    await cases(services.db).insertOne(aCase({ state: 'proses' }));
  });

  test('takes a follow-up and a supporter once each, and is found by its messages', async () => {
    const at = new Date();
    expect(await addFollowUp(cases(services.db), id, 'x-2' as MentionId, at)).toBe(true);
    expect(await addFollowUp(cases(services.db), id, 'x-2' as MentionId, at)).toBe(false);
    expect(await addSupporter(cases(services.db), id, 'x-3' as MentionId)).toBe(true);
    expect(await addSupporter(cases(services.db), id, 'x-3' as MentionId)).toBe(false);
    expect(await findCaseOf(cases(services.db), 'x-2' as MentionId)).toMatchObject({ _id: id, version: 3 });
  });

  // Planted: without `$set: { urgency }` in addFollowUp this fails; with `$in: urgencies` it lowers, and the last line fails.
  test('who asks again raises the priority of his case; nothing that he says lowers it', async () => {
    const say = (n: number, flags: readonly Flag[], urgency: Urgency) =>
      addFollowUp(cases(services.db), id, `x-${n}` as MentionId, new Date(), { tokens: [], flags, urgency });
    const urgency = async () => (await findCase(cases(services.db), id))?.urgency;
    await say(10, [], 'biasa');
    expect(await urgency()).toBe('biasa');
    await say(11, ['ditagih'], 'biasa');
    expect(await urgency()).toBe('tinggi');
    expect((await findCase(cases(services.db), id))?.history.at(-1)?.what).toContain('ditagih warga');
    await say(12, [], 'darurat');
    await say(13, ['ditagih'], 'biasa');
    expect(await urgency()).toBe('darurat');
  });

  // Planted: without `$unset: { rawMasked }` in addFollowUp the message that came later keeps its number, and this fails.
  test('what a platform delivered holds no personal data once its case is closed; a later message follows', async () => {
    const { db } = services;
    const raw = (n: number) => JSON.stringify({ id: `199000000000000000${n}`, from: '081234567890', n: [7] });
    await mentions(db).insertMany([
      aMention('1', { raw: raw(1) }),
      aMention('2', { raw: raw(2) }),
      aMention('9', { raw: raw(9) }),
    ]);
    await maskClosedPayloads(db, 10);
    const rawOf = async (nativeId: string) =>
      (await mentions(db).findOne({ _id: `x-${nativeId}` as MentionId }))?.raw ?? '';
    expect(await rawOf('1')).toContain('081234567890');
    await cases(db).updateOne({ _id: id }, { $set: { state: 'selesai', closedAt: new Date() } });
    expect(await maskClosedPayloads(db, 10)).toEqual({ cases: 1, messages: 1 });
    expect(JSON.parse(await rawOf('1'))).toEqual({
      id: '1990000000000000001',
      from: '[No. telepon disamarkan]',
      n: [7],
    });
    await addFollowUp(cases(db), id, 'x-2' as MentionId, new Date());
    expect(await maskClosedPayloads(db, 10)).toEqual({ cases: 1, messages: 1 });
    expect(await maskClosedPayloads(db, 10)).toEqual({ cases: 0, messages: 0 });
    expect(await rawOf('9')).toContain('081234567890');
  });

  test('a move that saw an older version changes nothing', async () => {
    const seen = await findCase(cases(services.db), id);
    const move = { verb: 'jawab', by: sari, at: new Date(), note: null } as const;
    const after = { ...aCase(), state: 'dijawab', answeredAt: move.at, answeredBy: 'tanggap' } as const;
    const { state, pausedAt, answeredAt, answeredBy, closedAt, agency, dueAt } = after;
    const fields = { state, pausedAt, answeredAt, answeredBy, closedAt, agency, dueAt };
    const results = await Promise.all(
      Array.from({ length: 20 }, () => applyMove(cases(services.db), seen!, move, fields)),
    );
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(await findCase(cases(services.db), id)).toMatchObject({ state: 'dijawab', version: 2 });
    expect((await findCase(cases(services.db), id))?.history).toHaveLength(1);
  });

  test('is answered once, whoever answers; a second answer changes nothing', async () => {
    const answer = { by: 'tanggap', at: new Date(), user: sari, note: null } as const;
    const results = await Promise.all(
      Array.from({ length: 10 }, () => markAnswered(cases(services.db), id, answer)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await markAnswered(cases(services.db), id, { ...answer, by: 'luar' })).toBe(false);
    expect(await findCase(cases(services.db), id)).toMatchObject({ state: 'dijawab', answeredBy: 'tanggap' });
  });

  // Planted: the mark left out of markAnswered.
  test('is late from its deadline on, unless it ended before: whatever writes its times keeps the mark', async () => {
    const { db, client } = services;
    const day = (date: number) => new Date(`2026-11-${String(date).padStart(2, '0')}T03:00:00Z`);
    const seen = async () => (await findCase(cases(db), id))!;
    const now = async () => (await seen()).lateFrom;
    const event = { at: day(4), by: sari, what: 'koreksi', from: null, to: null, note: null };
    const inOne = inTransaction(client);
    await inOne(async (session) => changeCase(cases(db), await seen(), { dueAt: day(10) }, event, session));
    expect(await now()).toEqual(day(10));
    const oversight = { oversight: true, dueAt: day(20) };
    await inOne(async (session) => setOversight(cases(db), await seen(), oversight, event, session));
    expect(await now()).toEqual(day(20));
    await markAnswered(cases(db), id, { by: 'luar', at: day(19), user: sari, note: null });
    expect(await now()).toBeNull();
    await inOne(async (session) => changeCase(cases(db), await seen(), { dueAt: day(18) }, event, session));
    expect(await now()).toEqual(day(18));
    const move = { verb: 'buka kembali', by: sari, at: day(21), note: null } as const;
    const again = { ...(await seen()), answeredAt: null, state: 'dibuka_kembali', dueAt: day(30) } as const;
    const { state, pausedAt, answeredAt, answeredBy, closedAt, agency, dueAt } = again;
    const fields = { state, pausedAt, answeredAt, answeredBy, closedAt, agency, dueAt };
    await moveBySystem(cases(db), id, move, () => fields);
    expect(await now()).toEqual(day(30));
    const closed = { ...fields, closedAt: day(29) };
    await applyMove(cases(db), await seen(), { ...move, verb: 'arsipkan' }, closed);
    expect(await now()).toBeNull();
  });

  test('an answer by hand counts, but not once more after the citizen came back', async () => {
    const answer = { postedAt: new Date('2026-11-03'), url: null };
    expect(await markAnsweredOutside(cases(services.db), id, answer)).toBe(true);
    const step = () => ({
      ...{ pausedAt: null, answeredAt: null, answeredBy: null, closedAt: null },
      ...{ agency: 'DPUPR', dueAt: null, state: 'dibuka_kembali' as const },
    });
    const move = { verb: 'buka kembali', by: sari, at: new Date('2026-11-05'), note: null } as const;
    await moveBySystem(cases(services.db), id, move, step);
    expect(await markAnsweredOutside(cases(services.db), id, answer)).toBe(false);
    expect(await findCase(cases(services.db), id)).toMatchObject({ state: 'dibuka_kembali' });
    const newer = { postedAt: new Date('2026-11-06'), url: null };
    expect(await markAnsweredOutside(cases(services.db), id, newer)).toBe(true);
  });

  test('keeps a note, and stays with whom took it first', async () => {
    await addNote(cases(services.db), id, { at: new Date(), by: sari, text: 'sudah ditelepon' });
    const taken = await claimCase(cases(services.db), id, budi, 2);
    expect(taken).toMatchObject({ assignee: budi, version: 3, notes: [{ text: 'sudah ditelepon' }] });
    expect(await claimCase(cases(services.db), id, sari, 3)).toBeNull();
    expect(await claimCase(cases(services.db), id, budi, 3)).toMatchObject({ version: 4 });
  });
});

// Seen failing (up to 200 winners) with `version` and `assignee` left out of claimCase's filter.
test('two hundred claims, two for each of a hundred cases at once, have a hundred winners', async () => {
  await cases(services.db).insertMany(
    Array.from({ length: 100 }, (_, index) =>
      aCase({
        _id: `KRA-2026-${index}` as CaseNumber,
        trackingCode: `T${index}`,
        rootMentionId: `x-${index}` as MentionId,
      }),
    ),
  );
  const claims = Array.from({ length: 100 }, (_, index) => `KRA-2026-${index}` as CaseNumber).flatMap((id) =>
    ([sari, budi] as UserId[]).map((user) => claimCase(cases(services.db), id, user, 1)),
  );
  const won = (await Promise.all(claims)).filter((result) => result !== null);
  expect(won).toHaveLength(100);
  expect(new Set(won.map((one) => one._id)).size).toBe(100);
});

describe('lists of cases', () => {
  const everything: CaseScope = { agency: null, secret: true };
  beforeEach(async () => {
    const day = (n: number) => new Date(Date.UTC(2026, 10, n));
    const rows: Parameters<typeof aCase>[0][] = [
      { openedAt: day(1), dueAt: day(20), agency: 'DPUPR', state: 'baru' },
      {
        openedAt: day(2),
        dueAt: day(10),
        agency: 'DLH',
        companion: 'DPUPR',
        state: 'proses',
        platform: 'facebook',
      },
      { openedAt: day(3), dueAt: null, agency: 'DPUPR', state: 'tertunda', kind: 'aspirasi' },
      { openedAt: day(3), dueAt: day(12), agency: 'DINKES', secret: true, assignee: sari },
      { openedAt: day(4), dueAt: day(12), agency: 'DPUPR', secret: true },
    ];
    await cases(services.db).insertMany(
      rows.map((row, index) =>
        aCase({
          _id: `KRA-2026-00000${index + 1}` as CaseNumber,
          trackingCode: `L${index}`,
          rootMentionId: `x-${index}` as MentionId,
          ...row,
        }),
      ),
    );
  });
  const ids = async (
    filter: Parameters<typeof listCases>[1],
    scope = everything,
    order: 'newest' | 'due' = 'newest',
  ) =>
    (await listCases(cases(services.db), filter, scope, { order, limit: 50 })).map((one) =>
      Number(one._id.slice(-1)),
    );

  test('come newest first or by deadline, and page without a gap or a repeat', async () => {
    expect(await ids({})).toEqual([5, 4, 3, 2, 1]);
    expect(await ids({}, everything, 'due')).toEqual([2, 4, 5, 1]);
    for (const order of ['newest', 'due'] as const) {
      const seen: number[] = [];
      let after: CaseCursor | null = null;
      for (;;) {
        const page = { order, limit: 2, ...(after && { after }) };
        const rows = await listCases(cases(services.db), {}, everything, page);
        if (rows.length === 0) break;
        seen.push(...rows.map((one) => Number(one._id.slice(-1))));
        const last: Case = rows.at(-1)!;
        after = { at: order === 'newest' ? last.openedAt : last.dueAt!, id: last._id };
      }
      expect(seen).toEqual(await ids({}, everything, order));
    }
  });

  test('take every filter', async () => {
    expect(await ids({ states: ['baru', 'proses'] })).toEqual([5, 4, 2, 1]);
    expect(await ids({ agency: 'DPUPR' })).toEqual([5, 3, 1]);
    expect(await ids({ platform: 'facebook' })).toEqual([2]);
    expect(await ids({ kind: 'aspirasi' })).toEqual([3]);
    expect(await ids({ subject: 'sampah' })).toEqual([]);
    expect(await ids({ assignee: sari })).toEqual([4]);
    expect(await ids({ dueBefore: new Date('2026-11-12') })).toEqual([2]);
    expect(await ids({ openedFrom: new Date('2026-11-02'), openedBefore: new Date('2026-11-03') })).toEqual([
      2,
    ]);
  });

  // Seen failing with the scope left out of the query.
  test('never show a secret case or another agency’s to whom it is closed', async () => {
    expect(await ids({}, { agency: null, secret: false })).toEqual([3, 2, 1]);
    expect(await ids({}, { agency: 'DPUPR', secret: true })).toEqual([5, 3, 2, 1]);
    expect(await ids({ agency: 'DINKES' }, { agency: 'DPUPR', secret: true })).toEqual([]);
  });
});

test('the stop switch is off at first, and says who turned it', async () => {
  expect(await readStopSwitch(services.db)).toEqual({ stopped: false, by: null, at: null });
  const at = new Date('2026-11-24T02:00:00Z');
  await setStopSwitch(services.db, { stopped: true, by: sari, at });
  expect(await readStopSwitch(services.db)).toMatchObject({ stopped: true, by: sari, at });
});
