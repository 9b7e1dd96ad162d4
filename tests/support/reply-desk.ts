import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { ReviewAct, ReviewDeps } from '../../src/approve/review.ts';
import { fixedClock } from '../../src/core/clock.ts';
import { silentLog } from '../../src/core/log.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseNumber, ReplyId } from '../../src/domain/ids.ts';
import type { Reply } from '../../src/domain/reply.ts';
import type { MessageNow } from '../../src/domain/reply-void.ts';
import { claimsForwarding } from '../../src/draft/santun.ts';
import { isLockedText, readTemplateBook } from '../../src/draft/template-book.ts';
import { repeatedClaim } from '../../src/draft/uncertain-claim.ts';
import { findCaseFacts } from '../../src/joins/review.ts';
import type { OwnAnswerDeps } from '../../src/publish/own-answer.ts';
import type { Leave, PublishDeps, StoredOwnPosts } from '../../src/publish/publish-deps.ts';
import { auditRecorder } from '../../src/store/audit.ts';
import { cases, findCase, findCaseOf, markAnsweredOutside } from '../../src/store/cases.ts';
import { inTransaction } from '../../src/store/database.ts';
import {
  applyReplyMove,
  claimForSending,
  dueLooks,
  dueReleased,
  overdueSending,
} from '../../src/store/outbox.ts';
import {
  addDraft,
  findOpenReplyTo,
  findReply,
  replies,
  repliesAround,
  replyIndexes,
} from '../../src/store/replies.ts';
import { readStopSwitch } from '../../src/store/stop-switch.ts';
import { aCase, aReply, citizenText, type FakePlatform, fakePlatform } from './reply-builders.ts';
import type { TestServices } from './services.ts';

const book = readTemplateBook(JSON.parse(readFileSync('data/templates.json', 'utf8')));

/** Everything that the stages draft to sent need, over the real database and a platform in memory. */
export interface ReplyDesk {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly platform: FakePlatform;
  readonly review: ReviewDeps;
  readonly publish: PublishDeps;
  readonly own: OwnAnswerDeps;
  /** The citizens' messages as stored; without an entry: citizenText, unchanged. */
  readonly stored: Map<string, MessageNow>;
  /** What polls are said to have stored of our own posts. */
  readonly storedOwnPosts: { until: Date | null; posts: StoredOwnPosts['posts'] };
  /** Case and reply of one message, stored as given. */
  put(nativeId: string, reply?: Partial<Reply>, one?: Partial<Case>): Promise<Reply>;
  reply(id: ReplyId): Promise<Reply>;
  caseOf(nativeId: string): Promise<Case>;
}

function numberOf(nativeId: string): CaseNumber {
  const digits = createHash('sha256').update(nativeId).digest().readUInt32BE();
  return `KRA-2026-${digits}` as CaseNumber;
}

export async function openReplyDesk({ db, client }: TestServices): Promise<ReplyDesk> {
  await replies(db).createIndexes([...replyIndexes]);
  const clock = fixedClock('2026-11-02T04:00:00Z');
  const platform = fakePlatform(clock.now);
  const stored = new Map<string, MessageNow>();
  const storedOwnPosts: { until: Date | null; posts: StoredOwnPosts['posts'] } = { until: null, posts: [] };
  const record = auditRecorder(db, 'test-key');
  const transaction = inTransaction(client);
  const all = replies(db);
  const review: ReviewDeps = {
    clock,
    findReply: (id) => findReply(all, id),
    findOpenReplyTo: (id) => findOpenReplyTo(all, id),
    connectorFor: () => platform,
    findMessage: async (id) => {
      const nativeId = id.slice(2);
      return (
        stored.get(nativeId) ?? { text: citizenText, latestNativeId: nativeId, hidden: false, gone: false }
      );
    },
    findCaseFacts: (id) => findCaseFacts(db, id),
    claimsForwarding,
    repeatedClaim: ({ text }, claim) => repeatedClaim(text, claim, ['meninggal']),
    isLockedText: (templateId, text) => isLockedText(book, templateId, text),
    needsConfirmation: (templateId) => templateId === 'klarifikasi',
    answersCase: () => true,
    findPersonalData: (text) =>
      [...text.matchAll(/\d{16}/g)].map((match) => ({
        type: 'nik',
        start: match.index,
        end: match.index + 16,
      })),
    write: (move, act: ReviewAct | null) =>
      applyReplyMove(transaction, db, move, act ? (session) => record(act, session) : undefined),
  };
  const publish: PublishDeps = {
    clock,
    monotonicNow: () => performance.now(),
    log: silentLog,
    owner: 'worker-1',
    connectorFor: () => platform,
    findReply: (id) => findReply(all, id),
    repliesAround: (target) => repliesAround(all, target),
    mayLeave: async (): Promise<Leave> =>
      (await readStopSwitch(db)).stopped ? { ok: false, why: 'stopped' } : { ok: true },
    caseOpenedAt: async (id) => (await findCase(cases(db), id))?.openedAt ?? null,
    storedOwnPosts: async () => storedOwnPosts,
    answersCase: () => true,
    isInForce: async () => true,
    mayBePublic: async (reply) =>
      isLockedText(book, reply.templateId, reply.text) || !(await findCaseFacts(db, reply.caseId)).secret,
    claim: (id, version, attempt, now) => claimForSending(all, id, version, attempt, now),
    move: (move) => applyReplyMove(transaction, db, move),
    markAnsweredOutside: async (id, answer) => {
      await markAnsweredOutside(cases(db), id, answer);
    },
    channelBroke: async () => {},
  };
  return {
    clock,
    platform,
    review,
    publish,
    own: { ...publish, caseOf: async (id) => (await findCaseOf(cases(db), id))?._id ?? null },
    stored,
    storedOwnPosts,
    async put(nativeId, change = {}, one = {}) {
      const id = numberOf(nativeId);
      const reply = aReply(nativeId, { caseId: id, ...change });
      const messages = [reply.target.mentionId];
      await cases(db).insertOne(
        aCase({
          _id: id,
          trackingCode: id,
          rootMentionId: reply.target.mentionId,
          mentionIds: messages,
          state: 'proses',
          ...one,
        }),
      );
      const { open, version, ...draft } = reply;
      if (!(await addDraft(all, draft))) throw new Error(`${nativeId} has an open reply`);
      return reply;
    },
    async reply(id) {
      const found = await findReply(all, id);
      if (!found) throw new Error(`no reply ${id}`);
      return found;
    },
    async caseOf(nativeId) {
      const found = await findCase(cases(db), numberOf(nativeId));
      if (!found) throw new Error(`no case of ${nativeId}`);
      return found;
    },
  };
}

/** What the schedules ask for. */
export function sweepQueries({ db }: TestServices) {
  const all = replies(db);
  return {
    dueReleased: (now: Date, limit: number) => dueReleased(all, now, limit),
    dueLooks: (now: Date, limit: number) => dueLooks(all, now, limit),
    overdueSending: (now: Date, limit: number) => overdueSending(all, now, limit),
  };
}
