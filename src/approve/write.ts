import { RefusedError } from '../core/errors.ts';
import { type ReplyId, systemUser, type UserId } from '../domain/ids.ts';
import type { Capability, Reply } from '../domain/reply.ts';
import { capabilityOf, refuseUnfitText } from './checks.ts';
import { type Actor, commit, type ReviewDeps, refuseChangedMessage, seenReply } from './review.ts';

/** Earlier texts that a reply keeps, for the comparison that an approver sees. */
const keptTexts = 20;

function withAuthors(reply: Reply, added: readonly UserId[]): readonly UserId[] {
  return [...new Set([...reply.authors, ...added])];
}

/**
 * A new text. It voids an approval and makes the person an author; he cannot approve it any more.
 * @param alsoBy who gave the agency's answer that it repeats
 */
export async function edit(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  change: {
    readonly text: string;
    readonly alsoBy?: readonly UserId[];
    /** The template that it is now made of; with another one, nobody has confirmed anything. Absent: as before. */
    readonly template?: Pick<Reply, 'templateId' | 'situation'>;
  },
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['draft', 'submitted', 'changes_requested', 'approved']);
  if (deps.isLockedText(seen.templateId, seen.text)) {
    throw new RefusedError('not-possible', {
      id: 'Teks ini terkunci dan tidak dapat disunting.',
      en: 'This text is locked and cannot be edited.',
    });
  }
  const at = deps.clock.now();
  return commit(
    deps,
    'reply.edit',
    {
      seen,
      to: 'draft',
      by: actor.id,
      at,
      note: null,
      set: {
        text: change.text,
        revision: seen.revision + 1,
        earlier: [
          ...(seen.earlier ?? []).slice(1 - keptTexts),
          { revision: seen.revision, text: seen.text, by: actor.id, at },
        ],
        authors: withAuthors(seen, [actor.id, ...(change.alsoBy ?? [])]),
        approval: null,
        reason: null,
        ...(change.template && {
          ...change.template,
          ...(change.template.templateId !== seen.templateId && { confirmation: null }),
        }),
      },
    },
    { revision: seen.revision + 1 },
  );
}

/**
 * Hands the text over for approval; the person answers for it and becomes an author.
 * @returns the reply, and how it can be sent once it is approved
 */
export async function submit(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
): Promise<{ readonly reply: Reply; readonly capability: Capability }> {
  const seen = await seenReply(deps, id, version, ['draft', 'changes_requested']);
  const capability = await capabilityOf(deps, seen);
  await refuseUnfitText(deps, seen);
  await refuseChangedMessage(deps, seen);
  const reply = await commit(deps, 'reply.submit', {
    seen,
    to: 'submitted',
    by: actor.id,
    at: deps.clock.now(),
    note: null,
    set: { authors: withAuthors(seen, actor.id === systemUser ? [] : [actor.id]), reason: null },
  });
  return { reply, capability };
}

/**
 * Notes who confirmed what a correction says, and when he did. Whoever notes it becomes an author.
 * @throws {RefusedError} `invalid` for a time that has not come
 */
export async function confirm(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  said: { readonly who: string; readonly at: Date },
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['draft', 'changes_requested']);
  const at = deps.clock.now();
  if (said.at > at) {
    throw new RefusedError('invalid', {
      id: 'Waktu kepastian belum terjadi.',
      en: 'The time of the confirmation lies ahead.',
    });
  }
  return commit(deps, 'reply.confirm', {
    seen,
    to: seen.state,
    by: actor.id,
    at,
    note: 'kepastian dicatat',
    set: {
      confirmation: { who: said.who, at: said.at, recordedBy: actor.id },
      authors: withAuthors(seen, [actor.id]),
    },
  });
}

/** Takes a reply back for good; nothing of it is sent. */
export async function withdraw(
  deps: ReviewDeps,
  id: ReplyId,
  version: number,
  actor: Actor,
  reason: string | null,
): Promise<Reply> {
  const seen = await seenReply(deps, id, version, ['draft', 'submitted', 'changes_requested', 'approved']);
  const note = reason?.trim() || null;
  return commit(deps, 'reply.withdraw', {
    seen,
    to: 'withdrawn',
    by: actor.id,
    at: deps.clock.now(),
    note,
    set: { approval: null, reason: note },
  });
}
