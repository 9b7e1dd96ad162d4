import { describe, expect, test } from '@jest/globals';
import { decideThread, type ThreadKnowledge } from '../../src/cases/thread.ts';
import type { CaseState } from '../../src/domain/case.ts';
import type { Flag, Kind } from '../../src/domain/classification.ts';
import type { CaseNumber } from '../../src/domain/ids.ts';

const own = 'KRA-2026-000001' as CaseNumber;
const parent = 'KRA-2026-000002' as CaseNumber;
const stored = { archived: false, deletedAt: null, caseId: null };
const nothing: ThreadKnowledge = { own: null, parentCase: null, topLevel: true, conversation: false };

function said(kind: Kind | null, { subject = 'jalan', decided = true, flags = [] as Flag[] } = {}) {
  return { kind, decided, subject, flags };
}
function ownCase(state: CaseState, more: Partial<ThreadKnowledge> = {}): ThreadKnowledge {
  return {
    own: { caseId: own, state, subject: 'jalan' },
    parentCase: null,
    topLevel: false,
    conversation: false,
    ...more,
  };
}

describe('what becomes of a message', () => {
  test.each(['pengaduan', 'aspirasi', 'permintaan_informasi'] as const)(
    'a decided %s opens a case',
    (kind) => {
      expect(decideThread(stored, said(kind), nothing)).toEqual({ act: 'open', kind });
    },
  );

  test('praise, what is no complaint, what is undecided, spam, and the archive open none', () => {
    const none = (why: string) => ({ act: 'none', why });
    expect(decideThread(stored, said('apresiasi'), nothing)).toEqual(none('no-case-kind'));
    expect(decideThread(stored, said('bukan_aduan'), nothing)).toEqual(none('no-case-kind'));
    expect(decideThread(stored, said('pengaduan', { decided: false }), nothing)).toEqual(none('undecided'));
    expect(decideThread(stored, said('pengaduan', { flags: ['spam'] }), nothing)).toEqual(none('spam'));
    expect(decideThread({ ...stored, archived: true }, said('pengaduan'), nothing)).toEqual(none('archived'));
    expect(decideThread({ ...stored, deletedAt: new Date() }, said('pengaduan'), nothing)).toEqual(
      none('deleted'),
    );
    expect(decideThread({ ...stored, caseId: own }, said('pengaduan'), nothing)).toEqual(none('has-case'));
  });

  test('the same citizen’s further message in the thread joins his open case, whatever it says', () => {
    for (const words of [said('pengaduan'), said('apresiasi'), said(null, { decided: false })]) {
      expect(decideThread(stored, words, ownCase('proses'))).toEqual({
        act: 'follow-up',
        caseId: own,
        reopen: false,
        resume: false,
      });
    }
  });

  test('his answer to our question lets the clock go on', () => {
    expect(decideThread(stored, said('pengaduan'), ownCase('tertunda'))).toMatchObject({
      resume: true,
      reopen: false,
    });
  });

  test.each(['dijawab', 'selesai', 'bukan_wewenang', 'diarsipkan'] as const)(
    'a new complaint of his opens a case that is %s again, thanks do not',
    (state) => {
      expect(decideThread(stored, said('pengaduan'), ownCase(state))).toMatchObject({
        act: 'follow-up',
        reopen: true,
      });
      expect(decideThread(stored, said('apresiasi'), ownCase(state))).toMatchObject({
        act: 'follow-up',
        reopen: false,
      });
    },
  );

  test('somebody else without content of his own backs the case he answers', () => {
    const words = said('pengaduan', { flags: ['tanpa_isi'] });
    const known = { own: null, parentCase: parent, topLevel: false, conversation: false };
    expect(decideThread(stored, words, known)).toEqual({ act: 'support', caseId: parent });
    expect(decideThread(stored, words, { ...known, parentCase: null })).toMatchObject({ act: 'none' });
  });

  test('somebody else with a matter of his own gets a case of his own', () => {
    const known = { own: null, parentCase: parent, topLevel: false, conversation: false };
    expect(decideThread(stored, said('pengaduan'), known)).toEqual({ act: 'open', kind: 'pengaduan' });
  });

  test('two top-level comments of one citizen under one post of ours are two cases when they are about two things', () => {
    const known = ownCase('proses', { topLevel: true, conversation: false });
    expect(decideThread(stored, said('pengaduan', { subject: 'sampah' }), known)).toMatchObject({
      act: 'open',
    });
    expect(decideThread(stored, said('pengaduan', { subject: 'jalan' }), known)).toMatchObject({
      act: 'follow-up',
    });
    const answer = ownCase('proses', { topLevel: false, conversation: false });
    expect(decideThread(stored, said('pengaduan', { subject: 'sampah' }), answer)).toMatchObject({
      act: 'follow-up',
    });
  });
});
