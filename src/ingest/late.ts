import { MINUTE } from '../core/clock.ts';
import type { Channel } from '../domain/channel.ts';
import type { FoundPost } from '../domain/mention.ts';

/** A channel that is asked every minute, or that delivers at once, is this late only when something was wrong. */
export const lateAfterMs = 15 * MINUTE;

/**
 * "Masuk terlambat": the message was written while its channel gave nothing, and was seen only when it did again. What
 * was written before the channel was connected, or stood on a page that is looked at seldom, is not late.
 * @param how `delivered`: the platform brought it by itself; `lateAfterMs`: shorter in the demo, whose story is fast
 */
export function cameLate(
  { postedAt }: Pick<FoundPost, 'postedAt'>,
  channel: Pick<Channel, 'lastSuccessAt' | 'connectedAt'>,
  now: Date,
  how: { readonly delivered: boolean; readonly lateAfterMs: number },
): boolean {
  const silentSince = how.delivered ? channel.connectedAt : channel.lastSuccessAt;
  if (!silentSince || postedAt <= silentSince) return false;
  const seenAfterMs = now.getTime() - postedAt.getTime();
  const silentMs = now.getTime() - silentSince.getTime();
  return seenAfterMs > how.lateAfterMs && silentMs > how.lateAfterMs;
}
