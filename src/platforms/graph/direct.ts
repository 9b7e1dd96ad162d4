import { z } from 'zod';
import { type Clock, DAY, HOUR } from '../../core/clock.ts';
import type { PlatformId } from '../../domain/ids.ts';
import type { FoundPost, Media } from '../../domain/mention.ts';
import type { Capability, Outcome, ReplyTarget } from '../../domain/reply.ts';
import type { GraphClient } from './client.ts';
import type { Sheet } from './delivery.ts';
import { hashedId } from './hashed-id.ts';
import { sendWith } from './outcome.ts';

/** Private messages of Messenger and Instagram: one form, two hosts. Source: Messenger Platform, "Webhook Events". */
const Direct = z.object({
  sender: z.object({ id: z.string().regex(/^\d{1,40}$/) }),
  /** Milliseconds. */
  timestamp: z.number().transform((ms) => new Date(ms)),
  message: z.object({
    mid: z.string().min(1).max(500),
    text: z.string().max(70_000).optional(),
    is_echo: z.boolean().optional(),
    is_deleted: z.boolean().optional(),
    attachments: z
      .array(
        z.object({
          type: z.string().max(60),
          payload: z.object({ url: z.url().optional().catch(undefined) }).optional(),
        }),
      )
      .default([]),
  }),
});
type Direct = z.infer<typeof Direct>;

/** Free text is taken this long after the person's last message. Source: Messenger Platform, "Messaging Window". */
const windowMs = 24 * HOUR;

/** Reads one item of `messaging`. Receipts and reactions are no messages; an echo is what our own account wrote. */
export function readDirect(sheet: Sheet, platform: PlatformId, raw: unknown): void {
  if (typeof raw === 'object' && raw !== null && !('message' in raw)) return;
  const parsed = Direct.safeParse(raw);
  if (!parsed.success) {
    sheet.reject('Pesan langsung tidak dapat dibaca / unreadable direct message', raw);
    return;
  }
  const { message } = parsed.data;
  if (message.is_echo) return;
  if (message.is_deleted) sheet.removed.push(hashedId(message.mid));
  else sheet.posts.push(toFoundDirect(platform, parsed.data, raw));
}

function toFoundDirect(
  platform: PlatformId,
  { sender, timestamp, message }: Direct,
  raw: unknown,
): FoundPost {
  return {
    platform,
    nativeId: hashedId(message.mid),
    latestNativeId: message.mid,
    version: 0,
    text: message.text ?? '',
    author: { id: sender.id, handle: null, name: null },
    byUs: false,
    url: null,
    postedAt: timestamp,
    reach: 'private',
    parentNativeId: null,
    threadNativeId: sender.id,
    quoted: null,
    ownPost: null,
    hidden: false,
    media: message.attachments.map(toMedia),
    language: null,
    replyUntil: new Date(timestamp.getTime() + windowMs),
    raw,
  };
}

function toMedia({ type, payload }: Direct['message']['attachments'][number]): Media {
  const kind = type === 'image' ? 'photo' : type === 'video' ? 'video' : 'other';
  return { type: kind, id: null, url: payload?.url ?? null };
}

export function directCapability(target: ReplyTarget, clock: Clock): Capability {
  if (target.replyUntil !== undefined && target.replyUntil > clock.now()) return { by: 'api' };
  return {
    by: 'hand',
    reason: {
      id: 'Sudah lewat batas Meta (24 jam sejak pesan terakhir warga; tujuh hari untuk balasan pribadi atas komentar). Jawablah dari kotak masuk halaman.',
      en: 'Past Meta’s limit (24 hours after the citizen’s last message; seven days for a private reply to a comment). Answer from the inbox.',
    },
  };
}

const Sent = z.object({ message_id: z.string().min(1) });

/** A comment may be answered in private for this long. Source: Messenger Platform, "Private Replies", April 2026. */
const privateReplyMs = 7 * DAY;

export function privateReplyUntil({ reach }: Pick<ReplyTarget, 'reach'>, postedAt: Date): Date | null {
  const isPublic = reach === 'comment' || reach === 'comment-reply' || reach === 'visitor-post';
  return isPublic ? new Date(postedAt.getTime() + privateReplyMs) : null;
}

/** Whether the answer leaves by `/messages` instead of standing under the message. */
export function isPrivateWay({ reach, via }: ReplyTarget): boolean {
  return reach === 'private' || via === 'private-reply';
}

/** Answers a private message, or a public one in private, with one POST. @param from the account's own id */
export function sendDirect(
  client: Pick<GraphClient, 'postJson'>,
  from: string,
  { target, text }: { readonly target: ReplyTarget; readonly text: string },
  signal: AbortSignal,
): Promise<Outcome> {
  const recipient =
    target.via === 'private-reply' ? recipientOfComment(target) : { id: target.threadNativeId };
  const body = { recipient, messaging_type: 'RESPONSE', message: { text } };
  const accepted = (answer: unknown) => {
    const sent = Sent.safeParse(answer);
    return sent.success ? ({ kind: 'accepted', nativeId: sent.data.message_id, url: null } as const) : null;
  };
  return sendWith(() => client.postJson([from, 'messages'], body, signal), accepted, signal);
}

function recipientOfComment({ reach, nativeId }: ReplyTarget): object {
  return reach === 'visitor-post' ? { post_id: nativeId } : { comment_id: nativeId };
}
