import { MINUTE, SECOND } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { ReplyId } from '../domain/ids.ts';
import type { Reply } from '../domain/reply.ts';
import type { OwnReply } from '../platforms/connector.ts';
import { firstSendingAt, isOurText } from '../text/own-text.ts';
import { holdMs } from './release.ts';
import {
  type Actor,
  commit,
  neededReason,
  type ReviewDeps,
  refuseWithoutRight,
  seenReply,
} from './review.ts';

/** What a person decides about a reply of which the machine cannot say whether it was published. */
export type HandDecision =
  /** He saw it on the platform, or sent it there himself. */
  | { readonly kind: 'sent'; readonly url: string }
  /** He did not find it: once more by machine. */
  | { readonly kind: 'send-again' }
  | { readonly kind: 'give-up'; readonly reason: string };

/** How long after the deadline "Kirim lagi" is not offered: a late request or a lagging timeline may still bring it. */
const waitBeforeAgain = 5 * MINUTE;
const lookTakes = 10 * SECOND;

function answersOf(deps: ReviewDeps, seen: Reply) {
  return deps.answersCase(seen) ? { answers: { caseId: seen.caseId, by: 'tanggap' as const } } : {};
}

/** @throws {RefusedError} `invalid` when it is no https address */
function neededUrl(url: string): string {
  if (URL.canParse(url) && new URL(url).protocol === 'https:') return url;
  throw new RefusedError('invalid', {
    id: 'Tautan balasan harus alamat https yang lengkap.',
    en: 'The link to the reply must be a full https address.',
  });
}

/** "Perlu keputusan petugas". The one way from there back to sending, and only after a fresh look. */
export async function decideByHand(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  decision: HandDecision,
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['needs_person']);
  const step = { seen, by: actor.id, at: deps.clock.now() };
  switch (decision.kind) {
    case 'sent': {
      const sent = { nativeId: null, url: neededUrl(decision.url), at: step.at, by: 'hand' as const };
      const move = { ...step, to: 'sent' as const, note: null, set: { sent, reason: null } };
      return commit(deps, 'reply.mark-sent', { ...move, ...answersOf(deps, seen) });
    }
    case 'give-up': {
      const note = neededReason(decision.reason);
      return commit(deps, 'reply.give-up', {
        ...step,
        to: 'withdrawn',
        note,
        set: { approval: null, reason: note },
      });
    }
    case 'send-again':
      return sendAgain(deps, seen, actor);
    default:
      return decision satisfies never;
  }
}

/** Found after all: sent, and not sent again. Not found: released once more, with the hold, by this person. */
async function sendAgain(deps: ReviewDeps, seen: Reply, actor: Actor): Promise<Reply> {
  refuseWithoutRight(actor);
  const waitUntil = (seen.attempt?.deadline.getTime() ?? 0) + waitBeforeAgain;
  if (deps.clock.now().getTime() < waitUntil) {
    throw new RefusedError(
      'not-possible',
      {
        id: 'Tunggu lima menit sejak percobaan terakhir: balasan bisa saja baru muncul.',
        en: 'Wait five minutes after the last try: the reply may still appear.',
      },
      { waitUntil: new Date(waitUntil) },
    );
  }
  const found = await lookAgain(deps, seen);
  const at = deps.clock.now();
  if (found) {
    const sent = { nativeId: found.nativeId, url: found.url, at: found.postedAt, by: 'look' as const };
    const move = { seen, to: 'sent' as const, by: actor.id, at, note: null, set: { sent, reason: null } };
    return commit(deps, 'reply.found-sent', { ...move, ...answersOf(deps, seen) });
  }
  return commit(deps, 'reply.send-again', {
    seen,
    to: 'released',
    by: actor.id,
    at,
    note: 'kirim lagi',
    set: {
      releasedBy: actor.id,
      notBefore: new Date(at.getTime() + holdMs),
      postponed: 0,
      lookAt: null,
      looks: 0,
      reason: null,
    },
  });
}

async function lookAgain(deps: ReviewDeps, seen: Reply): Promise<OwnReply | null> {
  const connector = deps.connectorFor(seen.target.channelId);
  if (!connector) {
    throw new RefusedError('not-possible', {
      id: 'Kanal ini tidak tersambung.',
      en: 'This channel is not connected.',
    });
  }
  const since = firstSendingAt(seen) ?? seen.createdAt;
  const signal = AbortSignal.timeout(lookTakes);
  const look = await connector.ownReplies?.(seen.target, since, signal);
  const { replies, completeFrom } = look ?? { replies: [], completeFrom: since };
  const found = replies.find((reply) => isOurText(seen, reply.text));
  if (!found && completeFrom > since) {
    throw new RefusedError('not-possible', {
      id: 'Akun kita menulis terlalu banyak sejak itu, sehingga balasan ini tidak dapat dicari lagi. Periksa sendiri di platform.',
      en: 'Our account wrote too much since then to look for this reply. Look on the platform yourself.',
    });
  }
  return found ?? null;
}

/**
 * "Buka dan tandai sudah dijawab": a person took the approved text to the platform himself, where no API can carry it.
 * @param url link to the answer; null where the platform has none
 */
export async function markAnsweredByHand(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  url: string | null,
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['approved']);
  const at = deps.clock.now();
  const sent = { nativeId: null, url: url === null ? null : neededUrl(url), at, by: 'hand' as const };
  const move = { seen, to: 'sent' as const, by: actor.id, at, note: null, set: { sent, reason: null } };
  return commit(deps, 'reply.mark-answered', { ...move, ...answersOf(deps, seen) });
}
