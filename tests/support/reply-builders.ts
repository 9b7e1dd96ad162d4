import { lateFrom } from '../../src/cases/late-from.ts';
import type { Case } from '../../src/domain/case.ts';
import type { CaseNumber, ChannelId, MentionId, ReplyId, UserId } from '../../src/domain/ids.ts';
import type { Outcome, Reply, ReplyTarget } from '../../src/domain/reply.ts';
import { approvalHash, citizenTextHash } from '../../src/domain/reply-hash.ts';
import type { Connector, OwnReply, TargetNow } from '../../src/platforms/connector.ts';

export const sari = 'sari' as UserId;
export const budi = 'budi' as UserId;
const channel = 'x-aduankra' as ChannelId;
export const citizenText = 'Jalan di depan balai desa berlubang';

/** A case about a road, opened on 2 November 2026. */
export function aCase(change: Partial<Case> = {}): Case {
  const openedAt = new Date('2026-11-02T02:00:00Z');
  const made: Case = {
    _id: 'KRA-2026-000001' as CaseNumber,
    trackingCode: 'ACDEFGHJ',
    rootMentionId: 'x-1' as MentionId,
    mentionIds: ['x-1' as MentionId],
    supporterIds: [],
    platform: 'x',
    channelId: channel,
    kind: 'pengaduan',
    subject: 'jalan',
    agency: 'DPUPR',
    companion: null,
    authority: 'ours',
    place: null,
    urgency: 'biasa',
    state: 'baru',
    openedAt,
    receivedAt: openedAt,
    dueAt: null,
    pausedAt: null,
    answeredAt: null,
    answeredBy: null,
    closedAt: null,
    secret: false,
    anonymous: false,
    assignee: null,
    notes: [],
    history: [],
    imported: null,
    version: 1,
    ...change,
  };
  return { ...made, lateFrom: lateFrom(made) };
}

export function aTarget(nativeId: string, change: Partial<ReplyTarget> = {}): ReplyTarget {
  return {
    platform: 'x',
    channelId: channel,
    mentionId: `x-${nativeId}` as MentionId,
    nativeId,
    threadNativeId: nativeId,
    parentNativeId: null,
    reach: 'mention',
    hidden: false,
    textHash: citizenTextHash(citizenText),
    ...change,
  };
}

/** A reply written by sari to the message with this native id; approved by budi in the states that need it. */
export function aReply(nativeId: string, change: Partial<Reply> = {}): Reply {
  const at = new Date('2026-11-02T03:00:00Z');
  const base: Reply = {
    _id: `r-${nativeId}` as ReplyId,
    caseId: 'KRA-2026-000001' as CaseNumber,
    target: aTarget(nativeId),
    state: 'draft',
    open: true,
    text: `Halo Kak Rina, terima kasih. Jalan nomor ${nativeId} ditambal Senin, 9 November 2026.`,
    revision: 1,
    version: 1,
    authors: [sari],
    followUp: false,
    situation: null,
    templateId: null,
    approval: null,
    releasedBy: null,
    notBefore: null,
    attempt: null,
    postponed: 0,
    lookAt: null,
    looks: 0,
    sent: null,
    reason: null,
    byDemoRole: false,
    createdAt: at,
    updatedAt: at,
    history: [],
    ...change,
  };
  if (
    base.approval !== null ||
    !['approved', 'released', 'sending', 'unknown', 'needs_person'].includes(base.state)
  ) {
    return base;
  }
  return {
    ...base,
    approval: { by: budi, at, hash: approvalHash(base) },
    ...(base.state !== 'approved' && { releasedBy: budi }),
    ...(base.state === 'released' && base.notBefore === null && { notBefore: at }),
  };
}

/** A platform in memory that does what the test says, and keeps what it was sent. */
export interface FakePlatform extends Connector {
  /** Every POST that reached it. */
  readonly posts: { readonly target: ReplyTarget; readonly text: string; readonly at: Date }[];
  /** What stands under a message, ours or by hand; visible in the timeline from `visibleAt` on. */
  readonly timeline: (OwnReply & { readonly under: string; readonly visibleAt: Date })[];
  /** The citizen's message, by native id; without an entry it is there with citizenText. */
  readonly messages: Map<string, TargetNow>;
  /** How a POST ends; it is on the timeline already when `stored` was called. */
  answer: (
    send: { target: ReplyTarget; text: string },
    stored: () => string,
    signal: AbortSignal,
  ) => Promise<Outcome> | Outcome;
  /** Called before each look; may throw. */
  onLook: () => void;
  lagMs: number;
  /** Its list of our own posts goes back no further. */
  reachesFrom: Date | null;
}

export function fakePlatform(now: () => Date): FakePlatform {
  const platform: FakePlatform = {
    platform: 'x',
    channelId: channel,
    posts: [],
    timeline: [],
    messages: new Map(),
    lagMs: 0,
    reachesFrom: null,
    answer: (_send, stored) => ({ kind: 'accepted', nativeId: stored(), url: null }),
    onLook: () => {},
    measure: (text) => ({ used: [...text].length, limit: 280 }),
    capability: (target) =>
      target.reach === 'search'
        ? {
            by: 'hand',
            reason: { id: 'Warga tidak menyebut akun kita.', en: 'The citizen did not mention us.' },
          }
        : { by: 'api' },
    async *poll() {},
    async inspect(target) {
      platform.onLook();
      const message = platform.messages.get(target.nativeId);
      return (
        message ?? { state: 'present', text: citizenText, hidden: false, latestNativeId: target.nativeId }
      );
    },
    async ownReplies(target, since) {
      platform.onLook();
      const { reachesFrom } = platform;
      return {
        replies: platform.timeline.filter(
          (own) =>
            own.under === target.nativeId &&
            own.visibleAt <= now() &&
            own.postedAt >= since &&
            (reachesFrom === null || own.postedAt >= reachesFrom),
        ),
        completeFrom: reachesFrom !== null && reachesFrom > since ? reachesFrom : since,
      };
    },
    async reply(send, signal) {
      const at = now();
      platform.posts.push({ ...send, at });
      const stored = () => {
        const nativeId = `own-${platform.timeline.length + 1}`;
        const visibleAt = new Date(at.getTime() + platform.lagMs);
        platform.timeline.push({
          under: send.target.nativeId,
          nativeId,
          text: `@rina ${send.text.replaceAll('&', '&amp;')}`,
          url: `https://x.com/aduankra/status/${nativeId}`,
          postedAt: at,
          visibleAt,
        });
        return nativeId;
      };
      return platform.answer(send, stored, signal);
    },
    async probe() {
      return { account: { id: '1', name: 'aduankra' }, expiresAt: null, warnings: [] };
    },
  };
  return platform;
}
