import type { Clock } from '../core/clock.ts';
import { RefusedError } from '../core/errors.ts';
import type { PersonalData } from '../domain/classification.ts';
import type { CaseNumber, ChannelId, MentionId, ReplyId, UserId } from '../domain/ids.ts';
import type { Reply, ReplyState } from '../domain/reply.ts';
import type { ReplyMove } from '../domain/reply-move.ts';
import { changeOf, type MessageNow, voidMove } from '../domain/reply-void.ts';
import type { Connector } from '../platforms/connector.ts';

/** The person who asks for it. Whether his role may do it was asked before (domain/policies.ts). */
export interface Actor {
  readonly id: UserId;
  /** The right to release approved replies; not implied by any role. */
  readonly mayPublish: boolean;
}

/** What goes into the audit with an act: ids, hashes and numbers, never a text. */
export interface ReviewAct {
  readonly at: Date;
  readonly by: UserId;
  readonly act: string;
  readonly subject: ReplyId;
  readonly fields: Readonly<Record<string, string | number | boolean | null>>;
}

export interface CaseFacts {
  readonly secret: boolean;
  /** The agency in charge was given the matter. */
  readonly forwarded: boolean;
  /** The citizen's messages that claim what nobody confirmed ("klaim belum pasti"). */
  readonly uncertainClaims: readonly string[];
}

export interface ReviewDeps {
  readonly clock: Clock;
  readonly findReply: (id: ReplyId) => Promise<Reply | null>;
  readonly findOpenReplyTo: (id: MentionId) => Promise<Reply | null>;
  /** Null for a channel without a connector: people answer there by hand. */
  readonly connectorFor: (
    id: ChannelId,
  ) => Pick<Connector, 'measure' | 'capability' | 'capabilityNow' | 'ownReplies' | 'hiding'> | null;
  /** The citizen's message as it is stored; null when there is none. */
  readonly findMessage: (id: MentionId) => Promise<MessageNow | null>;
  /** A case that cannot be read counts as secret, and as not passed on. */
  readonly findCaseFacts: (id: CaseNumber) => Promise<CaseFacts>;
  /** The words that say that the case was passed on to its agency; null when the text does not say so. */
  readonly claimsForwarding: (text: string) => string | null;
  /** The words of the text that repeat a citizen's claim; null when it repeats nothing of it. */
  readonly repeatedClaim: (reply: Pick<Reply, 'text' | 'templateId'>, claim: string) => string | null;
  /** Exactly the text of a locked template: all that a secret case may get in public. */
  readonly isLockedText: (templateId: string | null, text: string) => boolean;
  /** Whether the template states facts that somebody must have confirmed. */
  readonly needsConfirmation: (templateId: string | null) => boolean;
  /** Whether sending it answers the case; a receipt or a question does not. */
  readonly answersCase: (reply: Reply) => boolean;
  readonly findPersonalData: (text: string) => readonly PersonalData[];
  /** Writes the step and the audit entry in one transaction; null when the reply changed or the store forbids it. */
  readonly write: (move: ReplyMove, act: ReviewAct | null) => Promise<Reply | null>;
}

/** What the other side of a conflict needs: both texts are shown. */
export function conflict(now: Reply | null, id: string, en: string): RefusedError {
  if (now === null)
    return new RefusedError('not-found', { id: 'Balasan tidak ditemukan.', en: 'No such reply.' });
  const last = now.history.at(-1);
  return new RefusedError(
    'conflict',
    { id, en },
    {
      state: now.state,
      version: now.version,
      text: now.text,
      changedBy: last?.by ?? null,
      reason: now.reason,
    },
  );
}

function changedMeanwhile(now: Reply | null): RefusedError {
  return conflict(
    now,
    'Balasan ini sudah diubah orang lain. Periksa versi terbarunya.',
    'Somebody else changed this reply. Look at its newest version.',
  );
}

/**
 * The reply, when it still is what the person saw.
 * @throws {RefusedError} `not-found` or `conflict`
 */
export async function seenReply(
  deps: Pick<ReviewDeps, 'findReply'>,
  id: ReplyId,
  version: number,
  from: readonly ReplyState[],
): Promise<Reply> {
  const reply = await deps.findReply(id);
  if (!reply || reply.version !== version) throw changedMeanwhile(reply);
  if (from.includes(reply.state)) return reply;
  throw conflict(
    reply,
    `Tindakan ini tidak berlaku untuk balasan berstatus "${reply.state}".`,
    `A reply in state "${reply.state}" does not allow this.`,
  );
}

/** Writes a person's step with its audit entry. @throws {RefusedError} `conflict` when another step came first */
export async function commit(
  deps: Pick<ReviewDeps, 'write' | 'findReply'>,
  act: string,
  move: ReplyMove,
  fields: ReviewAct['fields'] = {},
): Promise<Reply> {
  const { seen, by, at } = move;
  const written = await deps.write(move, {
    at,
    by,
    act,
    subject: seen._id,
    fields: { from: seen.state, to: move.to, version: seen.version, ...fields },
  });
  if (written) return written;
  throw changedMeanwhile(await deps.findReply(seen._id));
}

/** @throws {RefusedError} `invalid` when it is blank */
export function neededReason(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed) return trimmed;
  throw new RefusedError('invalid', { id: 'Alasan wajib diisi.', en: 'A reason is needed.' });
}

/** @throws {RefusedError} `forbidden` without the right to publish */
export function refuseWithoutRight(actor: Actor): void {
  if (actor.mayPublish) return;
  throw new RefusedError('forbidden', {
    id: 'Anda belum diberi hak mengirim balasan.',
    en: 'You have not been given the right to publish replies.',
  });
}

/**
 * Takes back what was written or approved for a message that is not the same any more (edited, deleted, hidden). Safe
 * to call for every message that changed, at any time.
 * @returns the reply that was taken back, or null
 */
export async function voidIfChanged(
  deps: Pick<ReviewDeps, 'clock' | 'findOpenReplyTo' | 'findMessage' | 'write'>,
  mentionId: MentionId,
): Promise<Reply | null> {
  for (;;) {
    const reply = await deps.findOpenReplyTo(mentionId);
    if (!reply) return null;
    const change = changeOf(reply.target, await deps.findMessage(mentionId));
    const move = change && voidMove(reply, change, deps.clock.now());
    if (!move) return null;
    const voided = await deps.write(move, null);
    if (voided) return voided;
    // Somebody wrote in between: look again.
  }
}

/** @throws {RefusedError} `conflict` when the citizen's message changed; the reply has then been taken back */
export async function refuseChangedMessage(deps: ReviewDeps, reply: Reply): Promise<void> {
  const voided = await voidIfChanged(deps, reply.target.mentionId);
  if (!voided) return;
  throw conflict(
    voided,
    voided.reason ?? 'Pesan warga berubah.',
    'The citizen changed or deleted the message; the reply was taken back.',
  );
}
