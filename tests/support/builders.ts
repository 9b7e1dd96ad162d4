import type { Channel } from '../../src/domain/channel.ts';
import { channelId } from '../../src/domain/ids.ts';
import type { FoundPost } from '../../src/domain/mention.ts';

/** A citizen's post as a connector hands it over; name only what the test is about. */
export function foundPost(part: Partial<FoundPost> & Pick<FoundPost, 'nativeId'>): FoundPost {
  return {
    platform: 'x',
    latestNativeId: part.nativeId,
    version: 0,
    text: 'lampu jalan mati',
    author: { id: '900', handle: 'warga_sim', name: 'Warga (sim)' },
    byUs: false,
    url: null,
    postedAt: new Date('2026-11-20T03:00:00Z'),
    reach: 'mention',
    parentNativeId: null,
    threadNativeId: part.nativeId,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: [],
    language: null,
    raw: {},
    ...part,
  };
}

export function channel(part: Partial<Channel> = {}): Channel {
  return {
    _id: channelId('x', 'aduankra_sim'),
    platform: 'x',
    account: 'aduankra_sim',
    agency: null,
    state: 'ok',
    broken: null,
    sending: true,
    startFrom: new Date('2026-11-01T00:00:00Z'),
    connectedAt: new Date('2026-11-08T00:00:00Z'),
    cursors: {},
    breaker: { failures: 0, openUntil: null },
    blockedUntil: null,
    budget: { month: '', spentMicros: 0, limitMicros: null },
    lastPolledAt: null,
    lastSuccessAt: null,
    ...part,
  };
}
