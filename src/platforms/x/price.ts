import twitterText from 'twitter-text';
import type { Clock } from '../../core/clock.ts';

/** Millionths of a US dollar. Source: X API pricing, Aug 2026; own mentions have a price of their own. */
export const mentionMicros = 1_000;
export const postReadMicros = 5_000;
export const userReadMicros = 10_000;
const summonedReplyMicros = 10_000;
const linkPostMicros = 200_000;

/** What publishing this text as a reply costs. A link (also a bare domain) makes it twenty times as dear. */
export function replyMicros(text: string): number {
  return twitterText.extractUrls(text).length > 0 ? linkPostMicros : summonedReplyMicros;
}

/** Told what a call cost, in millionths of a US dollar, once it may have been charged. Never throws. */
export type Spent = (micros: number) => Promise<void>;

/** Counts what reads cost: the same post read again within a UTC day is not charged again. */
export function readMeter(clock: Clock): (ids: Iterable<string>, microsEach: number) => number {
  let day = '';
  let charged = new Set<string>();
  return (ids, microsEach) => {
    const today = clock.now().toISOString().slice(0, 10);
    if (today !== day) {
      day = today;
      charged = new Set();
    }
    let micros = 0;
    for (const id of ids) {
      if (charged.has(id)) continue;
      charged.add(id);
      micros += microsEach;
    }
    return micros;
  };
}
