import { randomUUID } from 'node:crypto';
import { RateLimitedError } from '../src/core/errors.ts';
import type { Channel } from '../src/domain/channel.ts';
import type { ChannelId } from '../src/domain/ids.ts';
import { ingest } from '../src/ingest/ingest.ts';
import { mayPoll, type PollResult, pollChannel, reactionTo } from '../src/ingest/poll.ts';
import type { Handler } from '../src/queues/queues.ts';
import type { Services } from '../src/services.ts';
import {
  addCost,
  blockUntil,
  findChannel,
  markBroken,
  noteOwnSeen,
  recordFailure,
  recordSuccess,
  saveCursors,
} from '../src/store/channels.ts';
import { recordPoll } from '../src/store/polls.ts';
import { ingestDeps } from './ingest-deps.ts';

/** Polls one channel: pages → stored mentions → classify jobs. The channel's health follows from how it ended. */
export function pollHandler(services: Services): Handler<'poll'> {
  return async ({ channelId, depth }, { signal }) => {
    await pollOnce(services, channelId, depth, signal);
  };
}

/**
 * One run, when the channel may be asked now.
 * @returns null when it may not
 * @throws {RateLimitedError} when the platform named a time to come back
 */
export async function pollOnce(
  services: Services,
  channelId: ChannelId,
  depth: 'normal' | 'deep',
  signal: AbortSignal,
): Promise<PollResult | null> {
  const { db } = services.database;
  const channel = await findChannel(db, channelId);
  const poll = services.connectors.get(channelId)?.poll;
  if (!channel || !poll || !mayPoll(channel, services.clock.now()).yes) return null;

  noteBudget(services, channel);
  const result = await pollChannel(
    {
      clock: services.clock,
      ingestPage: (to, page) => ingest(ingestDeps(services), to, page),
      saveCursors: (advance) => saveCursors(db, channelId, advance),
      noteOwnSeen: (until) => noteOwnSeen(db, channelId, until),
      addCost: (micros) => addCost(db, channelId, micros, services.clock.now()),
    },
    { poll },
    channel,
    { depth, signal },
  );
  await recordPoll(db, toPollRun(services, channel, depth, result));
  await settleHealth(services, channelId, result);
  return result;
}

/** Share of the month's money from which extras wait. */
const tightFrom = 0.9;

function noteBudget(services: Services, { _id, budget }: Channel): void {
  const isTight = budget.limitMicros !== null && budget.spentMicros >= tightFrom * budget.limitMicros;
  if (isTight) services.tightBudgets.add(_id);
  else services.tightBudgets.delete(_id);
}

function toPollRun(services: Services, channel: Channel, depth: 'normal' | 'deep', result: PollResult) {
  const { error, blockedUntil: _, quotaUsed: __, ...rest } = result;
  return {
    _id: randomUUID(),
    channelId: channel._id,
    depth,
    ...rest,
    endedAt: services.clock.now(),
    error: error && `${error.name}: ${error.message}`,
  };
}

async function settleHealth(services: Services, channelId: ChannelId, result: PollResult): Promise<void> {
  const { db } = services.database;
  const now = services.clock.now();
  if (result.error === null) {
    await recordSuccess(db, channelId, now, result);
    return;
  }
  const reaction = reactionTo(result.error);
  switch (reaction.do) {
    case 'stop': {
      const isNews = await markBroken(db, channelId, reaction.error, now);
      if (isNews) services.log.error('channel broken', { channelId, reason: reaction.error.reason });
      return;
    }
    case 'wait':
      await blockUntil(db, channelId, new Date(now.getTime() + reaction.ms));
      throw new RateLimitedError('the platform asked to wait', reaction.ms, { cause: result.error });
    case 'back-off':
      await recordFailure(db, channelId, now, Math.random());
      services.log.warn('poll failed', { channelId, error: result.error });
      return;
    default:
      reaction satisfies never;
  }
}
