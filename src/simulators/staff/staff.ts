import { setTimeout as pause } from 'node:timers/promises';
import { SECOND } from '../../core/clock.ts';
import { asError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { systemUser } from '../../domain/ids.ts';
import type { DeskReply, StaffDesk } from './desk.ts';
import type { PassingOn } from './passing-on.ts';

export interface StaffDeps {
  /** Two persons: who writes may not approve. */
  readonly writer: StaffDesk;
  readonly approver: StaffDesk;
  readonly log: Log;
}

/** So many submitted drafts always wait for the visitor: the oldest ones, so that they stay the same. */
export const leftForVisitor = 5;
const looksAt = 200;

/** What the office does next, one act a step. It remembers what it was refused and does not try that again. */
export interface Staff {
  /** Submits a draft, or approves and releases one. @returns `nothing` when there is nothing for it to do */
  step(): Promise<'submitted' | 'released' | 'nothing'>;
}

/** Only the product and the staff itself had a hand in it: whatever a real person has touched is theirs. */
function isOurs(reply: DeskReply, { writer }: StaffDeps): boolean {
  return reply.authors.every(
    (author) => author === systemUser || author === writer.loginName || author.startsWith(agencyAuthor),
  );
}

/** Name of who answered through a link, without an account. */
const agencyAuthor = 'opd:';

/** An agency's answer, come in through its link. */
function isAgencyAnswer({ authors }: DeskReply): boolean {
  return authors.some((author) => author.startsWith(agencyAuthor));
}

/** A refusal is of what was seen: an agency's answer that comes later is another text. */
function seenKey({ _id, version }: DeskReply): string {
  return `${_id} ${version}`;
}

/** A person's slight change of an automatic text. */
function lightlyEdited(text: string): string {
  return text.includes('Terima kasih') || text.includes('terima kasih')
    ? text.replace(/Terima kasih/, 'Matur nuwun').replace(/terima kasih/, 'matur nuwun')
    : text.replace(/^Halo /, 'Sugeng rahayu ');
}

export function openStaff(deps: StaffDeps): Staff {
  const { writer, approver, log } = deps;
  const refused = new Set<string>();
  let submitted = 0;

  /** Whether the case is nobody's, or the staff's own, not secret, and not with an agency that is still to answer. */
  const isFree = async (reply: DeskReply): Promise<boolean> => {
    const { assignee, secret, state } = await writer.case(reply.caseId);
    const isPassedOn = state === 'disposisi' || state === 'proses';
    if (secret || (isPassedOn && !isAgencyAnswer(reply))) return false;
    return assignee === null || assignee === writer.loginName || assignee === approver.loginName;
  };

  /** @returns false when the product refused (a placeholder to fill, a rule, somebody was faster) */
  const tried = async (reply: DeskReply, act: () => Promise<unknown>): Promise<boolean> => {
    try {
      if (await isFree(reply)) {
        await act();
        return true;
      }
    } catch (error) {
      log.debug('demo staff was refused', { replyId: reply._id, error: asError(error) });
    }
    refused.add(seenKey(reply));
    return false;
  };

  /** Two of the first, later every eighth. */
  const editsNow = (): boolean => submitted === 1 || submitted === 4 || submitted % 8 === 7;

  const submit = async (draft: DeskReply): Promise<void> => {
    const text = isAgencyAnswer(draft) ? draft.text : lightlyEdited(draft.text);
    const seen = editsNow() && text !== draft.text ? await writer.edit(draft, text) : draft;
    await writer.submit(seen);
    submitted += 1;
  };

  /** At once one after the other: an approved draft that waits may be one that a visitor has stopped. */
  const approveAndRelease = async (reply: DeskReply): Promise<void> => {
    const approved = await approver.approve(reply);
    await writer.release(approved);
  };

  const mayTry = (reply: DeskReply): boolean => !refused.has(seenKey(reply)) && isOurs(reply, deps);

  return {
    async step() {
      const waiting = (await approver.replies('submitted', looksAt)).filter((reply) => isOurs(reply, deps));
      for (const reply of waiting.slice(leftForVisitor).filter(mayTry)) {
        if (await tried(reply, () => approveAndRelease(reply))) return 'released';
      }
      const drafts = (await writer.replies('draft', looksAt)).filter(mayTry);
      const untouched = drafts.filter(({ authors }) => !authors.includes(writer.loginName));
      for (const draft of [...drafts.filter(isAgencyAnswer), ...untouched]) {
        if (await tried(draft, () => submit(draft))) return 'submitted';
      }
      return 'nothing';
    },
  };
}

/** Replies that the staff has brought out in earlier runs of `--once`, at most that many in all. */
const onceTarget = 6;

/**
 * The quick pass of a single run: brings a few replies out and leaves drafts for the visitor, without waiting. A further
 * run adds nothing once that is done.
 */
export async function staffPass(deps: StaffDeps): Promise<{ submitted: number; released: number }> {
  const staff = openStaff(deps);
  const done = { submitted: 0, released: await releasedBefore(deps) };
  const before = done.released;
  for (let steps = 0; steps < 2 * (onceTarget + leftForVisitor); steps += 1) {
    const waiting = await deps.approver.replies('submitted', leftForVisitor);
    if (done.released >= onceTarget && waiting.length >= leftForVisitor) break;
    const what = await staff.step();
    if (what === 'nothing') break;
    done[what] += 1;
  }
  return { submitted: done.submitted, released: done.released - before };
}

async function releasedBefore({ approver }: StaffDeps): Promise<number> {
  const lists = await Promise.all(
    (['released', 'sending', 'sent', 'unknown', 'needs_person'] as const).map((state) =>
      approver.replies(state, looksAt),
    ),
  );
  return lists.flat().filter((reply) => reply.approvedBy === approver.loginName).length;
}

/** People take half a minute to a minute; the numbers are Fibonacci's, so that it does not look like a clock. */
const pausesS = [13, 34, 21, 55, 21, 34] as const;
/** What was done before Monday is not played at a human pace. */
const catchingUpS = 2;

/**
 * Works at a human pace until the signal: passes a case on, and between two of them writes, approves and releases. Trouble
 * is logged and slept over: the demo goes on without its staff.
 */
export async function runStaff(
  deps: StaffDeps & { readonly passingOn: PassingOn; readonly signal: AbortSignal },
): Promise<void> {
  const { signal, log, passingOn } = deps;
  const staff = openStaff(deps);
  for (let turn = 0; !signal.aborted; turn += 1) {
    const { isCatchingUp } = passingOn;
    const seconds = isCatchingUp ? catchingUpS : (pausesS[turn % pausesS.length] ?? 34);
    await pause(seconds * SECOND, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const passesOn = isCatchingUp || turn % 3 === 0;
    await (passesOn ? passingOn.step() : staff.step()).catch((error: unknown) =>
      log.warn('demo staff stopped short', { error: asError(error) }),
    );
  }
}
