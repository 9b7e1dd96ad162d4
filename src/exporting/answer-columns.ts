import { type Case, type CaseState, finishedStates } from '../domain/case.ts';
import type { Reply } from '../domain/reply.ts';
import type { Cell } from './sheet.ts';

/** An answer of ours to a case that a portal knows too. */
export interface CarriedAnswer {
  readonly case: Omit<Case, 'notes' | 'history' | 'tokens'>;
  readonly reply: Pick<Reply, 'text' | 'state' | 'approval' | 'sent' | 'target'>;
}

export interface AnswerWords {
  /** The portal that the answers are carried into. */
  readonly portal: string;
  readonly agencyNames: ReadonlyMap<string, string>;
  readonly stateNames: Readonly<Record<CaseState, string>>;
  readonly demo: boolean;
}

function numberIn(one: CarriedAnswer['case'], portal: string) {
  return one.elsewhere?.find(({ source }) => source === portal);
}

/**
 * Whether somebody still has to type it into the portal: approved and not marked, where the case came from there; sent to
 * the citizen, and the portal does not call it finished yet, where we entered it there.
 */
export function isToCarry({ case: one, reply }: CarriedAnswer, portal: string): boolean {
  if (one.platform === portal) return reply.state === 'approved';
  const there = numberIn(one, portal)?.state ?? null;
  return (
    reply.state === 'sent' && !(there !== null && (finishedStates as readonly CaseState[]).includes(there))
  );
}

interface Column {
  readonly name: string;
  readonly width: number;
  readonly of: (answer: CarriedAnswer, words: AnswerWords) => Cell;
}

/** The columns of docs/exports.md. Names never change; new columns go to the end. */
export const answerColumns: readonly Column[] = [
  {
    name: 'nomor_portal',
    width: 18,
    of: ({ case: one }, { portal }) => numberIn(one, portal)?.externalId ?? null,
  },
  { name: 'nomor', width: 18, of: ({ case: one }) => one._id },
  { name: 'ditulis_wib', width: 17, of: ({ case: one }) => one.openedAt },
  {
    name: 'opd',
    width: 24,
    of: ({ case: { agency } }, { agencyNames }) =>
      agency === null ? null : (agencyNames.get(agency) ?? agency),
  },
  { name: 'status', width: 16, of: ({ case: one }, { stateNames }) => stateNames[one.state] },
  {
    name: 'status_di_portal',
    width: 16,
    of: ({ case: one }, { portal, stateNames }) => {
      const there = numberIn(one, portal)?.state ?? null;
      return there === null ? null : stateNames[there];
    },
  },
  {
    name: 'jawaban',
    width: 60,
    // Our own words, which were checked for personal data before they were approved: carried over as they stand.
    of: ({ case: one, reply }) => (one.secret ? null : reply.text),
  },
  { name: 'disetujui_wib', width: 17, of: ({ reply }) => reply.approval?.at ?? null },
  { name: 'dikirim_wib', width: 17, of: ({ reply }) => reply.sent?.at ?? null },
  {
    name: 'dibawa',
    width: 14,
    of: (answer, { portal }) => (isToCarry(answer, portal) ? 'menunggu dibawa' : 'sudah dibawa'),
  },
  {
    name: 'catatan',
    width: 24,
    of: ({ case: one }, { demo }) =>
      [
        ...(demo ? ['DATA SIMULASI'] : []),
        ...(one.secret ? ['Aduan rahasia: isinya buka di Tanggap'] : []),
      ].join('. '),
  },
];

export function answerCells(answer: CarriedAnswer, words: AnswerWords): readonly Cell[] {
  return answerColumns.map((column) => column.of(answer, words));
}
