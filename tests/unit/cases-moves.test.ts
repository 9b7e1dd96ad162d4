import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { moveCase, verbsFrom } from '../../src/cases/moves.ts';
import { caseNumber, newTrackingCode } from '../../src/cases/number.ts';
import { stepCase } from '../../src/cases/step.ts';
import { workCalendar } from '../../src/cases/working-days.ts';
import { RefusedError } from '../../src/core/errors.ts';
import { type Case, type CaseState, type CaseVerb, caseStates, caseVerbs } from '../../src/domain/case.ts';
import type { UserId } from '../../src/domain/ids.ts';
import { aCase } from '../support/reply-builders.ts';

const sari = 'sari' as UserId;
const at = new Date('2026-11-05T03:00:00Z');
const go = (from: Case, verb: CaseVerb, extra: { note?: string; agency?: string } = {}): Case => ({
  ...from,
  ...moveCase(from, { verb, by: sari, at, note: extra.note ?? 'karena perlu', ...extra }),
});

describe('the states of a case', () => {
  test('follow LAPOR’s line from new to done', () => {
    let one = aCase({ state: 'baru' });
    const line: CaseState[] = [];
    for (const verb of ['verifikasi', 'disposisi', 'proses', 'jawab', 'selesai'] as const) {
      one = go(one, verb);
      line.push(one.state);
    }
    expect(line).toEqual(['terverifikasi', 'disposisi', 'proses', 'dijawab', 'selesai']);
    expect(one).toMatchObject({ answeredAt: at, answeredBy: 'tanggap', closedAt: at });
  });

  test('the allowed moves are these and no others', () => {
    expect(Object.fromEntries(caseStates.map((state) => [state, verbsFrom(state)]))).toEqual({
      baru: ['verifikasi', 'jawab', 'tunda', 'bukan wewenang', 'arsipkan'],
      terverifikasi: ['disposisi', 'jawab', 'tunda', 'bukan wewenang', 'arsipkan'],
      disposisi: ['disposisi', 'proses', 'jawab', 'tunda', 'bukan wewenang', 'arsipkan'],
      proses: ['disposisi', 'jawab', 'tunda', 'bukan wewenang', 'arsipkan'],
      dijawab: ['selesai', 'arsipkan', 'buka kembali'],
      selesai: ['buka kembali'],
      tertunda: ['jawab', 'selesai', 'lanjutkan', 'bukan wewenang', 'arsipkan'],
      bukan_wewenang: ['arsipkan', 'buka kembali'],
      diarsipkan: ['buka kembali'],
      dibuka_kembali: ['verifikasi', 'disposisi', 'proses', 'jawab', 'tunda', 'bukan wewenang', 'arsipkan'],
    });
  });

  test('every other move is a conflict that names what is allowed', () => {
    for (const state of caseStates) {
      for (const verb of caseVerbs.filter((one) => !verbsFrom(state).includes(one))) {
        const refused = () => go(aCase({ state }), verb);
        expect(refused).toThrow(RefusedError);
        expect(refused).toThrow(
          expect.objectContaining({ code: 'conflict', details: { state, allowed: verbsFrom(state) } }),
        );
      }
    }
  });

  test('waiting for the citizen ends where it began', () => {
    for (const state of ['baru', 'terverifikasi', 'disposisi', 'proses', 'dibuka_kembali'] as const) {
      const before = aCase({ state });
      const paused = go(before, 'tunda');
      expect(paused).toMatchObject({ state: 'tertunda', pausedAt: at });
      const history = [{ at, by: sari, what: 'tunda', from: state, to: 'tertunda' as const, note: null }];
      expect(go({ ...paused, history }, 'lanjutkan')).toMatchObject({ state, pausedAt: null });
    }
  });

  test('a case that is opened again counts as unanswered', () => {
    const answered = go(aCase({ state: 'proses' }), 'jawab');
    expect(go(answered, 'buka kembali')).toMatchObject({
      state: 'dibuka_kembali',
      answeredAt: null,
      answeredBy: null,
      closedAt: null,
    });
  });

  test('who turns a case away must say why, who passes it on must say to whom', () => {
    const invalid = expect.objectContaining({ code: 'invalid' });
    for (const verb of ['tunda', 'bukan wewenang', 'arsipkan'] as const) {
      expect(() => go(aCase({ state: 'baru' }), verb, { note: '  ' })).toThrow(invalid);
    }
    expect(() => go(aCase({ state: 'terverifikasi', agency: null }), 'disposisi')).toThrow(invalid);
    const passedOn = go(aCase({ state: 'terverifikasi', agency: null }), 'disposisi', { agency: 'DPUPR' });
    expect(passedOn.agency).toBe('DPUPR');
  });

  test('whatever the order of moves, only a paused case is paused and only a finished one is closed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (picks) => {
        let one = aCase({ state: 'baru' });
        for (const pick of picks) {
          const verbs = verbsFrom(one.state);
          const verb = verbs[pick % verbs.length]!;
          const next = go(one, verb);
          one = {
            ...next,
            history: [
              ...one.history,
              { at, by: sari, what: verb, from: one.state, to: next.state, note: null },
            ],
          };
          expect(one.pausedAt !== null).toBe(one.state === 'tertunda');
          expect(one.closedAt !== null).toBe(['selesai', 'bukan_wewenang', 'diarsipkan'].includes(one.state));
          if (one.state === 'dijawab') expect(one.answeredAt).not.toBeNull();
        }
      }),
    );
  });
});

test('a step brings its clock: gone while the case waits, later by the days it stood, anew when opened again', () => {
  const rule = {
    scheme: 'SP4N',
    kind: '*',
    step: 'tindak_lanjut',
    workingDays: 5,
    effectiveFrom: '2018-01-01',
    verified: true,
    source: 'test',
  };
  const clocks = { rules: [rule], calendar: workCalendar([]) };
  const openedAt = new Date('2026-11-02T02:00:00Z');
  let one = aCase({ state: 'proses', openedAt, dueAt: new Date('2026-11-09T16:59:59.999Z') });
  const step = (verb: CaseVerb, on: string) => {
    const move = { verb, by: sari, at: new Date(on), note: 'menunggu foto' };
    const after = stepCase(clocks, one, move);
    one = {
      ...one,
      ...after,
      history: [...one.history, { ...move, what: verb, from: one.state, to: after.state }],
    };
    return after.dueAt?.toISOString() ?? null;
  };
  expect(step('tunda', '2026-11-03T02:00:00Z')).toBeNull();
  expect(step('lanjutkan', '2026-11-05T02:00:00Z')).toBe('2026-11-11T16:59:59.999Z');
  expect(step('jawab', '2026-11-06T02:00:00Z')).toBe('2026-11-11T16:59:59.999Z');
  expect(step('buka kembali', '2026-11-16T02:00:00Z')).toBe('2026-11-23T16:59:59.999Z');
});

test('a case number has its year and six digits, and grows beyond them', () => {
  expect(caseNumber(2026, 123)).toBe('KRA-2026-000123');
  expect(caseNumber(2026, 1_234_567)).toBe('KRA-2026-1234567');
});

test('a tracking code has eight letters that nobody confuses, and is never the same', () => {
  const codes = Array.from({ length: 5_000 }, newTrackingCode);
  for (const code of codes) expect(code).toMatch(/^[34679ACDEFGHJKMNPQRTVWXY]{8}$/);
  expect(new Set(codes).size).toBe(codes.length);
});
