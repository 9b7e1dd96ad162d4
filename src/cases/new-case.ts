import type { Case, CaseKind } from '../domain/case.ts';
import type { Classification } from '../domain/classification.ts';
import { systemUser } from '../domain/ids.ts';
import type { Mention } from '../domain/mention.ts';
import { dueAt } from './due-at.ts';
import type { Clocks } from './step.ts';

/** A case before the store gave it a number, a tracking code and its mark of lateness. */
export type NewCase = Omit<Case, '_id' | 'trackingCode' | 'version' | 'lateFrom'>;

/** The case that a citizen's message opens. Its clock counts from when he wrote. */
export function newCase(
  clocks: Clocks,
  mention: Pick<
    Mention,
    '_id' | 'platform' | 'channelId' | 'postedAt' | 'receivedAt' | 'tokens' | 'declared'
  >,
  said: Omit<Classification, 'kind'>,
  kind: CaseKind,
  now: Date,
): NewCase {
  return {
    rootMentionId: mention._id,
    mentionIds: [mention._id],
    supporterIds: [],
    platform: mention.platform,
    channelId: mention.channelId,
    kind,
    subject: said.subject,
    agency: said.agency,
    companion: said.companion,
    authority: said.authority,
    place: said.place,
    urgency: said.urgency,
    state: 'baru',
    openedAt: mention.postedAt,
    receivedAt: mention.receivedAt,
    dueAt: dueAt(clocks, { kind, step: 'tindak_lanjut', from: mention.postedAt }),
    pausedAt: null,
    answeredAt: null,
    answeredBy: null,
    closedAt: null,
    secret: said.secret,
    anonymous: mention.declared?.anonymous ?? false,
    assignee: null,
    notes: [],
    history: [{ at: now, by: systemUser, what: 'buka', from: null, to: 'baru', note: null }],
    imported: null,
    tokens: mention.tokens,
    confidence: said.confidence,
    flags: said.flags,
  };
}
