import { askUndecided } from './ask-undecided.ts';
import { checkSubscriptions } from './check-subscriptions.ts';
import { followLeads } from './follow-leads.ts';
import { lookAtMessages } from './look-at-messages.ts';
import { maskClosed } from './mask-closed.ts';
import { probeTokens } from './probe-tokens.ts';
import { refreshTokens } from './refresh-tokens.ts';
import { remindAgencies } from './remind-agencies.ts';
import type { Schedule } from './schedule.ts';
import { sealNewAudit } from './seal-audit.ts';
import { sendNotices } from './send-notices.ts';
import { sweepDeliveries } from './sweep-deliveries.ts';
import { sweepMentions } from './sweep-mentions.ts';
import { sweepReplies } from './sweep-replies.ts';
import { sweepTrainings } from './sweep-trainings.ts';
import { watchChannels } from './watch-channels.ts';

/** Every recurring job but the polls, which have a queue a channel. */
export const upkeepSchedules: readonly Schedule[] = [
  sweepDeliveries,
  sweepMentions,
  sweepReplies,
  followLeads,
  sealNewAudit,
  probeTokens,
  checkSubscriptions,
  sendNotices,
  remindAgencies,
  refreshTokens,
  lookAtMessages,
  watchChannels,
  askUndecided,
  maskClosed,
  sweepTrainings,
];
