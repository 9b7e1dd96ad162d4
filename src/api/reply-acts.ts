import { refuseHandsOfOne } from '../accounts/reset-guard.ts';
import { decideByHand, markAnsweredByHand } from '../approve/by-hand.ts';
import { approve, reject, requestChanges } from '../approve/decide.ts';
import { release, undoRelease } from '../approve/release.ts';
import type { Actor, ReviewDeps } from '../approve/review.ts';
import { confirm, edit, submit, withdraw } from '../approve/write.ts';
import { RefusedError } from '../core/errors.ts';
import type { ReplyId, UserId } from '../domain/ids.ts';
import type { Act } from '../domain/policies.ts';
import type { Reply } from '../domain/reply.ts';
import { claimOfAnother } from '../store/claims.ts';
import type { ApiContext } from './context.ts';
import { openReply } from './desk.ts';

/** The version that the person saw, and what he typed. */
export interface ReplyActInput {
  readonly id: string;
  readonly version: number;
  readonly text?: string;
  readonly template?: Pick<Reply, 'templateId' | 'situation'>;
  readonly reason?: string;
  readonly url?: string | null;
  readonly who?: string;
  readonly at?: Date;
}

interface Step {
  readonly act: Act;
  readonly run: (
    deps: ReviewDeps,
    id: ReplyId,
    version: number,
    actor: Actor,
    input: ReplyActInput,
  ) => Promise<Reply>;
}

/** Each move of a reply: the right that it needs, and the function that does it. */
const steps = {
  edit: {
    act: 'draft.write',
    run: (deps, id, version, actor, { text = '', template }) =>
      edit(deps, id, version, actor, { text, ...(template && { template }) }),
  },
  confirm: {
    act: 'draft.write',
    run: (deps, id, version, actor, { who = '', at = new Date(0) }) =>
      confirm(deps, id, version, actor, { who, at }),
  },
  submit: { act: 'draft.submit', run: async (...seen) => (await submit(...first(seen))).reply },
  requestChanges: {
    act: 'draft.review',
    run: (deps, id, version, actor, { reason = '' }) => requestChanges(deps, id, version, actor, reason),
  },
  reject: {
    act: 'draft.review',
    run: (deps, id, version, actor, { reason = '' }) => reject(deps, id, version, actor, reason),
  },
  withdraw: {
    act: 'draft.withdraw',
    run: (deps, id, version, actor, { reason = '' }) => withdraw(deps, id, version, actor, reason),
  },
  approve: { act: 'draft.approve', run: (...seen) => approve(...first(seen)) },
  release: { act: 'reply.release', run: (...seen) => release(...first(seen)) },
  undo: { act: 'reply.undo', run: (...seen) => undoRelease(...first(seen)) },
  byHand: {
    act: 'reply.by-hand',
    run: (deps, id, version, actor, { url = null }) => markAnsweredByHand(deps, id, version, actor, url),
  },
  foundSent: {
    act: 'reply.by-hand',
    run: (deps, id, version, actor, { url }) =>
      decideByHand(deps, id, version, actor, { kind: 'sent', url: url ?? '' }),
  },
  resend: {
    act: 'reply.resend',
    run: (deps, id, version, actor) => decideByHand(deps, id, version, actor, { kind: 'send-again' }),
  },
  giveUp: {
    act: 'reply.by-hand',
    run: (deps, id, version, actor, { reason = '' }) =>
      decideByHand(deps, id, version, actor, { kind: 'give-up', reason }),
  },
} as const satisfies Record<string, Step>;

export type ReplyActName = keyof typeof steps;

function first(seen: Parameters<Step['run']>): [ReviewDeps, ReplyId, number, Actor] {
  return [seen[0], seen[1], seen[2], seen[3]];
}

/** The right that a move needs, for buttons. */
export function rightFor(name: ReplyActName): Act {
  return steps[name].act;
}

/** "Sari sedang meninjau": locks the approval, not the reading. @throws {RefusedError} `conflict` */
async function refuseWhileClaimed(
  { deps }: Pick<ApiContext, 'deps'>,
  by: UserId,
  reply: ReplyId,
): Promise<void> {
  const held = await claimOfAnother(deps.db, reply, by, deps.clock.now());
  if (!held) return;
  throw new RefusedError(
    'conflict',
    { id: `${held.name} sedang meninjau balasan ini.`, en: `${held.name} is reviewing this reply.` },
    { by: held.by, name: held.name, until: held.until },
  );
}

/** Asks for the right, then for the move; both may refuse. */
export async function actOnReply(
  asked: Pick<ApiContext, 'deps' | 'user'>,
  name: ReplyActName,
  input: ReplyActInput,
): Promise<Reply> {
  const step: Step = steps[name];
  const { user, reply } = await openReply(asked, step.act, input.id);
  if (step.act === 'draft.approve') {
    await refuseHandsOfOne(asked.deps, user, reply);
    await refuseWhileClaimed(asked, user._id, reply._id);
  }
  const actor = { id: user._id, mayPublish: user.mayPublish };
  return step.run(asked.deps.review, reply._id, input.version, actor, input);
}
