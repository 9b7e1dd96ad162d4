import { hostname } from 'node:os';
import { monotonicNow } from '../core/clock.ts';
import type { ChannelId } from '../domain/ids.ts';
import { isLockedText } from '../draft/template-book.ts';
import type { OwnAnswerDeps } from '../publish/own-answer.ts';
import type { Leave, PublishDeps } from '../publish/publish-deps.ts';
import type { Services } from '../services.ts';
import { cases, findCase, findCaseOf, markAnsweredOutside } from '../store/cases.ts';
import { findChannel, markBroken } from '../store/channels.ts';
import { inTransaction } from '../store/database.ts';
import { applyReplyMove, claimForSending } from '../store/outbox.ts';
import { answersTo, ownPosts } from '../store/own-posts.ts';
import { findReply, replies, repliesAround } from '../store/replies.ts';
import { readStopSwitch } from '../store/stop-switch.ts';
import { isInForce } from './acknowledge.ts';
import { answersCase, findCaseFacts } from './review.ts';

async function mayLeave({ database }: Services, id: ChannelId): Promise<Leave> {
  const [stop, channel] = await Promise.all([readStopSwitch(database.db), findChannel(database.db, id)]);
  if (stop.stopped) return { ok: false, why: 'stopped' };
  return channel?.sending && channel.state === 'ok' ? { ok: true } : { ok: false, why: 'channel' };
}

/** What sending, looking and sweeping need (src/publish), over the store and the connectors. */
export function publishDeps(services: Services): PublishDeps & OwnAnswerDeps {
  const { db, client } = services.database;
  const transaction = inTransaction(client);
  return {
    clock: services.clock,
    monotonicNow,
    log: services.log,
    owner: `${hostname()}-${process.pid}`,
    connectorFor: (id) => services.connectors.get(id) ?? null,
    findReply: (id) => findReply(replies(db), id),
    repliesAround: (target) => repliesAround(replies(db), target),
    mayLeave: (id) => mayLeave(services, id),
    caseOpenedAt: async (id) => (await findCase(cases(db), id))?.openedAt ?? null,
    caseOf: async (id) => (await findCaseOf(cases(db), id))?._id ?? null,
    async storedOwnPosts({ channelId, mentionId }) {
      const until = (await findChannel(db, channelId))?.ownSeenUntil ?? null;
      return { until, posts: await answersTo(ownPosts(db), [mentionId]) };
    },
    answersCase: (reply) => answersCase(services, reply),
    isInForce: (reply) => isInForce(services, reply),
    mayBePublic: async (reply) =>
      isLockedText(services.templates, reply.templateId, reply.text) ||
      !(await findCaseFacts(db, reply.caseId)).secret,
    claim: (id, version, attempt, now) => claimForSending(replies(db), id, version, attempt, now),
    move: (move) => applyReplyMove(transaction, db, move),
    async markAnsweredOutside(id, answer) {
      await markAnsweredOutside(cases(db), id, answer);
    },
    async channelBroke(id, { reason, platformWords }) {
      const isNews = await markBroken(db, id, { reason, platformWords }, services.clock.now());
      if (isNews) services.log.error('channel broken', { channelId: id, reason });
    },
  };
}
