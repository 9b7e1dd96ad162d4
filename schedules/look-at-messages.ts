import { DAY, HOUR, MINUTE } from '../src/core/clock.ts';
import { asError } from '../src/core/errors.ts';
import type { Mention } from '../src/domain/mention.ts';
import { targetOf } from '../src/draft/new-reply.ts';
import { type LookAgainDeps, lookAgain } from '../src/ingest/look-again.ts';
import { mayPoll } from '../src/ingest/poll.ts';
import type { Services } from '../src/services.ts';
import { findChannel } from '../src/store/channels.ts';
import { markDeleted, mentions, storeMentions } from '../src/store/mentions.ts';
import { takeMessagesToLookAt } from '../src/store/messages-to-look-at.ts';
import { searchTokens } from '../src/text/search-tokens.ts';
import { noteChangedMentions } from '../workers/outside-events.ts';
import type { Schedule } from './schedule.ts';

/** In one run and channel: a platform that is asked one by one gets as many calls. */
const atMost = 50;
const replyEvery = 12 * HOUR;
const caseEvery = DAY;
/** After a month a case is either done or nobody's edit changes much. */
const caseFor = 30 * DAY;

/**
 * Looks at messages again that somebody is working on, so that nobody writes or approves for words that are not there any
 * more: twice a day where a reply is open, daily where only the case is. Where reading costs money the latter are left
 * out. Every half hour, a few at a time: all of them at once would use up an allowance.
 */
export const lookAtMessages: Schedule = {
  name: 'look-at-messages',
  every: { ms: 30 * MINUTE },
  async run(services, signal) {
    const { db } = services.database;
    const now = services.clock.now();
    for (const [channelId, connector] of services.connectors) {
      const channel = await findChannel(db, channelId);
      if (!connector.inspect || !channel || !mayPoll(channel, now).yes) continue;
      if (services.tightBudgets.has(channelId)) continue;
      const due = await takeMessagesToLookAt(db, channelId, {
        now,
        replyBefore: new Date(now.getTime() - replyEvery),
        caseBefore: channel.budget.limitMicros === null ? new Date(now.getTime() - caseEvery) : null,
        openedAfter: new Date(now.getTime() - caseFor),
        limit: atMost,
      });
      try {
        await lookAgain(lookDeps(services), connector, due, signal);
      } catch (error) {
        // A poll meets the same trouble, and has the say over the channel.
        services.log.warn('messages not looked at', { channelId, error: asError(error) });
      }
    }
  },
};

function lookDeps(services: Services): LookAgainDeps {
  const all = mentions(services.database.db);
  const now = services.clock.now();
  return {
    tokens: searchTokens,
    targetOf: (mention: Mention) =>
      targetOf(mention, mention.parentId?.slice(mention.platform.length + 1) ?? null),
    store: async (found) => (await storeMentions(all, found, now)).changed,
    markDeleted: (ids) => markDeleted(all, ids, now),
    onChanged: (ids) => noteChangedMentions(services, ids),
  };
}
