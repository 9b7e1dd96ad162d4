import { RefusedError } from '../../core/errors.ts';
import { scopeOf } from '../../domain/policies.ts';
import { withoutName } from '../../draft/without-name.ts';
import { sentBackReplies } from '../../store/sent-back.ts';
import { forgetTurns, keepScore, showLesson, turnsOf } from '../../store/training.ts';
import { type PartScore, score } from '../../training/score.ts';
import { sentBackLesson } from '../../training/sent-back.ts';
import { type ApiContext, caller, notFound } from '../context.ts';
import type { Training } from '../deps.ts';
import { mask } from '../masking.ts';
import { ok, os } from './base.ts';

/** As many as one sits through. */
const mostSentBack = 30;

/** @throws {RefusedError} `not-found` in live mode: the story's people must never stand beside real ones */
function opened({ deps }: ApiContext): Training {
  if (deps.mode !== 'demo' || deps.training === null) throw notFound();
  return deps.training;
}

function pointsOf(parts: readonly PartScore[]): number {
  return parts.reduce((total, part) => total + part.points, 0);
}

export const training = os.training.router({
  next: os.training.next.handler(async ({ context }) => {
    const { lessons } = opened(context);
    const { db, clock } = context.deps;
    const user = caller(context)._id;
    const scores = (await turnsOf<readonly PartScore[]>(db, user)).filter((turn) => turn.score !== null);
    const done = new Set(scores.map((turn) => turn.lessonId));
    const progress = {
      answered: scores.length,
      of: lessons.length,
      points: scores.reduce((total, turn) => total + pointsOf(turn.score ?? []), 0),
      outOf: scores.length * 100,
    };
    const lesson = lessons.find((one) => !done.has(one.id));
    if (!lesson) return { lesson: null, progress };
    await showLesson(db, user, lesson.id, clock.now());
    // The answers stay here.
    const { expected: _, ...shown } = lesson;
    return { lesson: { ...shown, above: [...shown.above] }, progress };
  }),
  answer: os.training.answer.handler(async ({ context, input }) => {
    const { lessons, remarksOn } = opened(context);
    const { db, clock, agencyNames } = context.deps;
    const { id, ...answer } = input;
    const user = caller(context)._id;
    const lesson = lessons.find((one) => one.id === id);
    const turn = (await turnsOf(db, user)).find((one) => one.lessonId === id);
    if (!lesson || !turn) throw notFound();
    const at = clock.now();
    const tookMs = at.getTime() - turn.shownAt.getTime();
    const remarks = answer.reply === null ? [] : remarksOn(answer.reply);
    const parts = score(lesson, answer, { remarks, tookMs, agencyNames });
    if (!(await keepScore(db, user, id, { at, score: parts }))) {
      throw new RefusedError('conflict', {
        id: 'Pesan ini sudah Anda jawab. Lanjutkan ke pesan berikutnya.',
        en: 'You have answered this one. Go on to the next.',
      });
    }
    return { parts: [...parts], points: pointsOf(parts) };
  }),
  sentBack: os.training.sentBack.handler(async ({ context }) => {
    const scope = scopeOf(caller(context));
    if (!scope) return [];
    const found = await sentBackReplies(context.deps.db, scope, mostSentBack);
    return found.flatMap((one) => {
      const author = one.message?.author;
      return sentBackLesson(one, (text) => mask(author ? withoutName(text, author) : text)) ?? [];
    });
  }),
  again: os.training.again.handler(async ({ context }) => {
    opened(context);
    await forgetTurns(context.deps.db, caller(context)._id);
    return ok;
  }),
});
