import type { Kind } from '../domain/classification.ts';
import { isRude, type Reading, SIGNAL } from './reading.ts';

export interface KindDecision {
  readonly kind: Kind;
  /** Points of the kind; at {@link DEFAULT_COMPLAINT} nothing in the text spoke for any kind. */
  readonly points: number;
  readonly isSarcasm: boolean;
}

/** Without any other sign a message about a matter of ours is a complaint. */
export const DEFAULT_COMPLAINT = 0.6;
/** At most this many problem words count: a long complaint is not more of one. */
const MAX_PROBLEMS = 3;

/**
 * Complaint, wish, question or thanks, by the words that go with each.
 * @param textHasQuestionMark looked up in the original; tokens have no marks
 */
export function kindOf(reading: Reading, textHasQuestionMark: boolean): KindDecision {
  const { count } = reading;
  const thanks = Math.max(0, count(SIGNAL.thanks) - count(SIGNAL.closing_thanks));
  const gratitude = thanks + count(SIGNAL.praise);
  const mocks = count(SIGNAL.sarcasm);
  const isSarcasm =
    mocks > 1 || (mocks > 0 && (gratitude > 0 || count(SIGNAL.clap) > 0 || count(SIGNAL.problem) > 0));
  const isResolved =
    count(SIGNAL.contrast_strong) === 0 &&
    (count(SIGNAL.resolved) > 0 || (thanks > 0 && isPlainThanks(reading, textHasQuestionMark)));

  const points: Record<Exclude<Kind, 'bukan_aduan'>, number> = {
    pengaduan: complaintPoints(reading, isResolved, isSarcasm),
    permintaan_informasi: questionPoints(reading, textHasQuestionMark),
    aspirasi: wishPoints(reading),
    apresiasi: isSarcasm ? 0 : praisePoints(reading, gratitude, isResolved, textHasQuestionMark),
  };
  let kind: keyof typeof points = 'pengaduan';
  for (const other of ['permintaan_informasi', 'aspirasi', 'apresiasi'] as const) {
    if (points[other] > points[kind]) kind = other;
  }
  return { kind, points: points[kind], isSarcasm };
}

function complaintPoints(reading: Reading, isResolved: boolean, isSarcasm: boolean): number {
  const { count } = reading;
  const problems = Math.min(MAX_PROBLEMS, count(SIGNAL.problem));
  const harm =
    Math.min(2, count(SIGNAL.harm)) + Math.min(1, count(SIGNAL.violence) + count(SIGNAL.danger_now));
  const points =
    DEFAULT_COMPLAINT +
    problems +
    harm * 0.7 +
    (count(SIGNAL.fix_request) > 0 ? 0.8 : 0) +
    (count(SIGNAL.why) > 0 ? 0.7 : 0) +
    (count(SIGNAL.anger) > 0 ? 0.8 : 0) +
    (isRude(reading) ? 1 : 0) +
    (count(SIGNAL.escalate) > 0 ? 1 : 0) +
    (count(SIGNAL.hide_me) > 0 ? 2 : 0) +
    (count(SIGNAL.hoax_strong) > 0 ? 1 : 0) +
    (isSarcasm ? 2 : 0);
  return isResolved ? points * 0.4 : points;
}

function questionPoints(reading: Reading, hasMark: boolean): number {
  const { count } = reading;
  const asks = Math.max(0, count(SIGNAL.ask) - count(SIGNAL.not_question));
  return (
    Math.min(3, count(SIGNAL.ask_strong)) * 1.7 +
    Math.min(2, asks) * 0.9 +
    (hasMark ? 0.7 : 0) +
    (endsWithNot(reading) ? 1.5 : 0) -
    // "sampai kapan dibiarkan?" asks nothing.
    (count(SIGNAL.anger) > 0 ? 0.7 : 0)
  );
}

/** "buka hari Minggu gak min": a closing "tidak" asks. */
function endsWithNot({ tokens }: Reading): boolean {
  for (let at = tokens.words.length - 1; at >= 0; at--) {
    const word = tokens.words[at]!;
    if (word.form === 'tidak') return at > 0;
    if (!word.isStop) return false;
  }
  return false;
}

/** Thanks for what was done, without a trouble, a question or a further request: "tks" alone closes a complaint too. */
function isPlainThanks({ count, tokens }: Reading, hasMark: boolean): boolean {
  if (
    hasMark ||
    count(SIGNAL.ask_strong) > 0 ||
    count(SIGNAL.fix_request) > 0 ||
    count(SIGNAL.closing_thanks) > 0
  )
    return false;
  return (
    count(SIGNAL.problem) === 0 &&
    count(SIGNAL.wish_strong) === 0 &&
    count(SIGNAL.still) === 0 &&
    tokens.words.some((word) => word.form === 'sudah')
  );
}

function wishPoints({ count }: Reading): number {
  return (
    Math.min(2, count(SIGNAL.wish_strong)) * 3 +
    Math.min(1, count(SIGNAL.wish_new)) * 2.4 +
    Math.min(2, count(SIGNAL.wish)) * 0.7
  );
}

function praisePoints({ count }: Reading, gratitude: number, isResolved: boolean, hasMark: boolean): number {
  if (gratitude === 0) return isResolved ? 0.8 : 0;
  const points = Math.min(3, gratitude) * 1.2 + (isResolved ? 2.5 : 0);
  const doubts =
    (count(SIGNAL.contrast_strong) > 0 ? 2 : 0) +
    (hasMark ? 1.5 : 0) +
    (count(SIGNAL.fix_request) > 0 ? 1 : 0) +
    (count(SIGNAL.ask_strong) > 0 ? 1.5 : 0);
  // Thanks that close a request are manners.
  const isManners =
    !isResolved &&
    count(SIGNAL.praise) === 0 &&
    (count(SIGNAL.ask_strong) > 0 || count(SIGNAL.wish_strong) > 0);
  return Math.max(0, points - doubts - (isManners ? 2 : 0));
}
