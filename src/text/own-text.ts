import { MINUTE } from '../core/clock.ts';
import type { Reply } from '../domain/reply.ts';
import { normalisedTextHash } from './text-hash.ts';

/** Our clock and the platform's may differ by this much (a server without time service: ten minutes and more). */
const clockSlack = 15 * MINUTE;

/** From when the text may stand on the platform; null when it was never sent. */
export function firstSendingAt(reply: Pick<Reply, 'history'>): Date | null {
  const first = reply.history.find((event) => event.to === 'sending');
  return first ? new Date(first.at.getTime() - clockSlack) : null;
}

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** X shows `&`, `<` and `>` of a text as entities. */
function unescaped(text: string): string {
  return text.replace(/&(?:amp|lt|gt);/gu, (entity) => entities[entity] ?? entity);
}

/** Whether a post of our account carries this reply's text, as far as platforms show texts unchanged. */
export function isOurText(reply: Pick<Reply, 'text'>, posted: string): boolean {
  return normalisedTextHash(unescaped(posted)) === normalisedTextHash(unescaped(reply.text));
}

/** A post of our own account under a citizen's message. */
export interface PostedAnswer {
  readonly nativeId: string;
  readonly text: string;
  readonly postedAt: Date;
}

/**
 * Whether this reply is where the post comes from: known by its id, by its text while the reply may be out, or (marked as
 * sent by hand, where no id is known) by its time.
 */
export function explains(reply: Reply, posted: PostedAnswer): boolean {
  if (reply.sent?.nativeId === posted.nativeId) return true;
  const since = firstSendingAt(reply);
  if (since !== null && posted.postedAt >= since && isOurText(reply, posted.text)) return true;
  const { sent } = reply;
  if (sent?.by !== 'hand' || sent.nativeId !== null) return false;
  const inTime =
    posted.postedAt >= reply.createdAt && posted.postedAt.getTime() <= sent.at.getTime() + clockSlack;
  return inTime || isOurText(reply, posted.text);
}
