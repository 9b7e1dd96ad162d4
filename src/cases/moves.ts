import { RefusedError } from '../core/errors.ts';
import { type Case, type CaseState, type CaseVerb, caseVerbs } from '../domain/case.ts';
import type { UserId } from '../domain/ids.ts';

/** States in which work is still to be done by us. */
const workStates = ['baru', 'terverifikasi', 'disposisi', 'proses', 'dibuka_kembali'] as const;

interface Rule {
  readonly from: readonly CaseState[];
  /** `before`: back to where it was before it was put off. */
  readonly to: CaseState | 'before';
  /** The citizen or a colleague will ask why. */
  readonly needsNote?: true;
  readonly needsAgency?: true;
}

const rules: Record<CaseVerb, Rule> = {
  verifikasi: { from: ['baru', 'dibuka_kembali'], to: 'terverifikasi' },
  // Again from disposisi and proses: to another agency.
  disposisi: {
    from: ['terverifikasi', 'disposisi', 'proses', 'dibuka_kembali'],
    to: 'disposisi',
    needsAgency: true,
  },
  proses: { from: ['disposisi', 'dibuka_kembali'], to: 'proses', needsAgency: true },
  jawab: { from: [...workStates, 'tertunda'], to: 'dijawab' },
  // From tertunda: closed because the reporter stayed away.
  selesai: { from: ['dijawab', 'tertunda'], to: 'selesai' },
  tunda: { from: workStates, to: 'tertunda', needsNote: true },
  lanjutkan: { from: ['tertunda'], to: 'before' },
  'bukan wewenang': { from: [...workStates, 'tertunda'], to: 'bukan_wewenang', needsNote: true },
  arsipkan: {
    from: [...workStates, 'tertunda', 'dijawab', 'bukan_wewenang'],
    to: 'diarsipkan',
    needsNote: true,
  },
  'buka kembali': { from: ['dijawab', 'selesai', 'bukan_wewenang', 'diarsipkan'], to: 'dibuka_kembali' },
};

export function verbsFrom(state: CaseState): readonly CaseVerb[] {
  return caseVerbs.filter((verb) => rules[verb].from.includes(state));
}

function stateBeforePause(history: Case['history']): CaseState {
  return history.findLast((event) => event.to === 'tertunda')?.from ?? 'terverifikasi';
}

/** What a move changes; the clock is worked out by the caller (due-at.ts). */
export interface CaseMove {
  readonly verb: CaseVerb;
  readonly by: UserId;
  readonly at: Date;
  readonly note: string | null;
  /** With `disposisi`: who is in charge now. */
  readonly agency?: string;
}

export type MovedFields = Pick<
  Case,
  'state' | 'pausedAt' | 'answeredAt' | 'answeredBy' | 'closedAt' | 'agency'
>;

/**
 * What stands in the case after the move.
 * @throws {RefusedError} `conflict` when the case's state does not allow it, `invalid` when a reason or agency is missing
 */
export function moveCase(
  seen: Pick<Case, 'state' | 'answeredAt' | 'answeredBy' | 'closedAt' | 'agency' | 'history'>,
  move: CaseMove,
): MovedFields {
  const rule = rules[move.verb];
  if (!rule.from.includes(seen.state)) {
    throw new RefusedError(
      'conflict',
      {
        id: `Aduan berstatus "${seen.state}" tidak dapat dikenai tindakan "${move.verb}".`,
        en: `A case in state "${seen.state}" does not allow "${move.verb}".`,
      },
      { state: seen.state, allowed: verbsFrom(seen.state) },
    );
  }
  const agency = move.agency ?? seen.agency;
  refuseGaps(rule, move, agency);
  const state = rule.to === 'before' ? stateBeforePause(seen.history) : rule.to;
  return { state, agency, ...datesAfter(state, seen, move.at) };
}

function refuseGaps(rule: Rule, move: CaseMove, agency: string | null): void {
  if (rule.needsNote && !move.note?.trim()) {
    throw new RefusedError('invalid', { id: 'Alasan wajib diisi.', en: 'A reason is needed.' });
  }
  if (rule.needsAgency && agency === null) {
    throw new RefusedError('invalid', {
      id: 'Perangkat daerah yang menangani wajib dipilih.',
      en: 'The agency in charge must be chosen.',
    });
  }
}

/** A case that is opened again counts as unanswered; its history keeps the first answer. */
function datesAfter(
  state: CaseState,
  seen: Pick<Case, 'answeredAt' | 'answeredBy' | 'closedAt'>,
  at: Date,
): Pick<Case, 'pausedAt' | 'answeredAt' | 'answeredBy' | 'closedAt'> {
  const kept = {
    answeredAt: seen.answeredAt,
    answeredBy: seen.answeredBy,
    closedAt: seen.closedAt,
    pausedAt: null,
  };
  switch (state) {
    case 'tertunda':
      return { ...kept, pausedAt: at };
    case 'dijawab':
      return { ...kept, answeredAt: seen.answeredAt ?? at, answeredBy: seen.answeredBy ?? 'tanggap' };
    case 'selesai':
    case 'bukan_wewenang':
    case 'diarsipkan':
      return { ...kept, closedAt: at };
    case 'dibuka_kembali':
      return { pausedAt: null, answeredAt: null, answeredBy: null, closedAt: null };
    case 'baru':
    case 'terverifikasi':
    case 'disposisi':
    case 'proses':
      return kept;
    default:
      return state satisfies never;
  }
}
