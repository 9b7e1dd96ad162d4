import { voidIfChanged } from '../../approve/review.ts';
import { SECOND } from '../../core/clock.ts';
import {
  asError,
  ChannelBrokenError,
  PermanentError,
  RefusedError,
  TransientError,
} from '../../core/errors.ts';
import type { HideReason } from '../../domain/desk-words.ts';
import type { Mention } from '../../domain/mention.ts';
import type { Words } from '../../domain/policies.ts';
import { targetOf } from '../../draft/new-reply.ts';
import { findMention, markHidden, mentions } from '../../store/mentions.ts';
import { allow, notFound } from '../context.ts';
import type { MentionView } from '../contract/shapes.ts';
import { openMention } from '../desk.ts';
import { matterOfMention, mentionView } from '../views.ts';
import type { Asked } from './change.ts';

const takes = 15 * SECOND;

function hidingFor({ deps }: Asked, mention: Mention) {
  const hiding = deps.review.connectorFor(mention.channelId)?.hiding;
  return hiding?.fits(mention) && mention.deletedAt === null ? hiding : null;
}

/** Whether its platform can hide it, and why a hidden one could not be answered there any more. */
export async function hidingOf(
  asked: Asked,
  id: string,
): Promise<{ possible: boolean; noAnswer: Words | null }> {
  const { mention } = await openMention(asked, id);
  const connector = asked.deps.review.connectorFor(mention.channelId);
  const parent = mention.parentId?.slice(mention.platform.length + 1) ?? null;
  const answer = connector?.capability({ ...targetOf(mention, parent), hidden: true });
  return {
    possible: hidingFor(asked, mention) !== null,
    noAnswer: answer?.by === 'hand' ? answer.reason : null,
  };
}

/**
 * "Sembunyikan komentar", or shows it again. Who did it and why stands in the audit before the platform is called; what
 * the platform refused, too. A draft for the message goes back to its writer, because nobody may be able to read it there.
 * It is no reply: the stop switch does not keep somebody's identity number in public.
 * @param reason null: show it again
 * @throws {RefusedError} `not-possible` with the platform's words
 */
export async function setHiddenBy(asked: Asked, id: string, reason: HideReason | null): Promise<MentionView> {
  const { mention, case: owner } = await openMention(asked, id);
  const user = await allow(asked, 'comment.hide', 'mention.view', matterOfMention(mention, owner));
  const hiding = hidingFor(asked, mention);
  if (!hiding) {
    throw new RefusedError('not-possible', {
      id: 'Kanal ini tidak dapat menyembunyikan pesan ini.',
      en: 'This channel cannot hide this message.',
    });
  }
  const { db, clock, recordAudit, review } = asked.deps;
  const hidden = reason !== null;
  const act = hidden ? 'comment.hide' : 'comment.show';
  const entry = { by: user._id, subject: mention._id };
  await recordAudit({ ...entry, at: clock.now(), act, fields: { reason, case: mention.caseId } });
  try {
    await hiding.set(mention.latestNativeId, hidden, AbortSignal.timeout(takes));
  } catch (error) {
    await recordAudit({ ...entry, at: clock.now(), act: `${act}-failed`, fields: { case: mention.caseId } });
    throw refusalOf(error);
  }
  await markHidden(mentions(db), mention._id, hidden);
  await voidIfChanged(review, mention._id);
  const now = await findMention(mentions(db), mention._id);
  if (!now) throw notFound();
  return mentionView(now, owner);
}

/** What the platform said, for people. */
function refusalOf(thrown: unknown): Error {
  const error = asError(thrown);
  const known = [PermanentError, TransientError, ChannelBrokenError].some((kind) => error instanceof kind);
  if (!known) return error;
  const words = error instanceof ChannelBrokenError ? error.platformWords : error.message;
  return new RefusedError('not-possible', {
    id: `Platform menolak atau tidak menjawab: ${words}. Periksa di platformnya sebelum mencoba lagi.`,
    en: `The platform refused or did not answer: ${words}. Look there before you try again.`,
  });
}
